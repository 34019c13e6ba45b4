//! What is unlikely of the figures of a batch: it stops none of them, but their approval without a note.

use diesel_async::AsyncPgConnection;

use super::batch::Batch;
use super::receipt::RowWarning;
use crate::db::{Db, DbError};
use crate::domain::fault::Fault;
use crate::http::problem::Problem;
use crate::resources::quarterly_submissions::history::{self, Looked};

impl Batch {
    /// Stores what was not refused. What came before is looked at meanwhile, by a connection for reading: nothing that counts is
    /// changed here, so it is what this transaction would see.
    ///
    /// # Errors
    /// As [`Batch::write`].
    pub async fn store(&mut self, connection: &mut AsyncPgConnection, db: &Db) -> Result<(), Problem> {
        let reading = db.reading(None).await?;
        let looking = async { Ok(self.looked_at(&reading).await?) };
        let (doubts, ()) = tokio::try_join!(looking, self.write(connection))?;
        self.tell(doubts);
        Ok(())
    }

    /// Says what is unlikely of figures that are not stored.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn doubt(&mut self, connection: &AsyncPgConnection) -> Result<(), Problem> {
        let doubts = self.looked_at(connection).await?;
        self.tell(doubts);
        Ok(())
    }

    /// What is unlikely of each figure that is written.
    async fn looked_at(&self, connection: &AsyncPgConnection) -> Result<Vec<Vec<Fault>>, DbError> {
        let looked = self.writes.iter().map(|planned| Looked {
            measure: &planned.key.0,
            quarter: planned.key.1,
            period: planned.body.data_period,
            figure: planned.body.figure(),
            judging: &planned.judging,
        });
        history::doubts(connection, &looked.collect::<Vec<_>>()).await
    }

    fn tell(&mut self, doubts: Vec<Vec<Fault>>) {
        for (planned, doubts) in self.writes.iter().zip(doubts) {
            if let Some(receipt) = self.receipts.get_mut(planned.receipt) {
                receipt.warnings = doubts.into_iter().map(RowWarning::from).collect();
            }
        }
    }
}
