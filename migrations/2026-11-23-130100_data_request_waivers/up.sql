CREATE TABLE data_request_waivers (
    measure text NOT NULL CONSTRAINT data_request_waivers_measure_fkey REFERENCES measures,
    quarter text NOT NULL CONSTRAINT data_request_waivers_quarter_form CHECK (is_quarter(quarter)),
    reason text NOT NULL,
    waived_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT data_request_waivers_pkey PRIMARY KEY (measure, quarter)
);
COMMENT ON TABLE data_request_waivers IS 'Figures that need not be handed in, and why. Reinstating a request deletes its row; the change log keeps it.';
COMMENT ON COLUMN data_request_waivers.measure IS 'Measure.';
COMMENT ON COLUMN data_request_waivers.quarter IS 'Reporting quarter, such as 2024-25-Q2.';
COMMENT ON COLUMN data_request_waivers.reason IS 'Why no figure is asked for.';
COMMENT ON COLUMN data_request_waivers.waived_by IS 'Caller who waived it.';
COMMENT ON COLUMN data_request_waivers.created_at IS 'When it was waived.';
COMMENT ON COLUMN data_request_waivers.updated_at IS 'When it last changed.';
COMMENT ON COLUMN data_request_waivers.row_version IS 'Version of the row.';
CALL govern('data_request_waivers', 'measure', 'quarter');
CALL remember('data_request_waivers', 'measure', 'quarter');
