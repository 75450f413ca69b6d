-- How many releases of a system's day its silos have taken out, to give away; never more than the rule book in force allows.
CREATE TABLE system_quota (
    system text NOT NULL,
    day integer NOT NULL,
    taken integer NOT NULL,
    PRIMARY KEY (system, day)
);
