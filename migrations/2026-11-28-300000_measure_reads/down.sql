DROP TABLE measure_reads;
