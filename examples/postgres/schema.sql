-- What a subscription business keeps in PostgreSQL, as far as revenue and service
-- go. Amounts are NUMERIC, without a scale, so that none is rounded on the way in;
-- days are DATE. A term is a span of ISO 8601, such as P12M, P1W or P30D, as text:
-- an INTERVAL would not tell a week from seven days.
CREATE TABLE accounts (
	id         TEXT COLLATE "C" PRIMARY KEY,
	name       TEXT NOT NULL,
	segment    TEXT NOT NULL,
	owner      TEXT NOT NULL,
	signed_up  DATE
);

CREATE TABLE contracts (
	id        TEXT COLLATE "C" PRIMARY KEY,
	account   TEXT NOT NULL REFERENCES accounts,
	product   TEXT NOT NULL,
	starts    DATE NOT NULL,
	ends      DATE, -- first day no longer active; none is open-ended
	price     NUMERIC NOT NULL,
	currency  TEXT NOT NULL,
	term      TEXT NOT NULL,
	quantity  BIGINT NOT NULL,
	renews    TEXT,
	credits   TEXT
);

CREATE TABLE rates (
	currency  TEXT COLLATE "C",
	day       DATE,
	rate      NUMERIC NOT NULL,
	PRIMARY KEY (currency, day)
);

CREATE TABLE mergers (
	absorbed  TEXT COLLATE "C" PRIMARY KEY,
	absorber  TEXT NOT NULL REFERENCES accounts,
	day       DATE NOT NULL
);

CREATE TABLE interactions (
	id              TEXT COLLATE "C" PRIMARY KEY,
	account         TEXT NOT NULL REFERENCES accounts,
	began           TIMESTAMPTZ NOT NULL,
	kind            TEXT NOT NULL,
	initiative      TEXT NOT NULL, -- reactive, proactive or nothing
	format          TEXT NOT NULL, -- one-to-one, one-to-many, self-service or nothing
	channel         TEXT NOT NULL,
	agent           TEXT NOT NULL,
	contact         TEXT NOT NULL,
	seconds         NUMERIC NOT NULL, -- of work
	first_reply     TIMESTAMPTZ,
	solved          TIMESTAMPTZ,
	replies         BIGINT NOT NULL,
	reopens         BIGINT NOT NULL
);
