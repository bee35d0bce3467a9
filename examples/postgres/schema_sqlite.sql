-- The tables of schema.sql for SQLite, which has neither exact numbers nor days:
-- everything but whole numbers is text here, and read as exactly.
CREATE TABLE accounts (id TEXT PRIMARY KEY, name TEXT NOT NULL, segment TEXT NOT NULL, owner TEXT NOT NULL, signed_up TEXT);
CREATE TABLE contracts (
	id TEXT PRIMARY KEY, account TEXT NOT NULL, product TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT, price TEXT NOT NULL,
	currency TEXT NOT NULL, term TEXT NOT NULL, quantity INTEGER NOT NULL, renews TEXT, credits TEXT
);
CREATE TABLE rates (currency TEXT, day TEXT, rate TEXT NOT NULL, PRIMARY KEY (currency, day));
CREATE TABLE mergers (absorbed TEXT PRIMARY KEY, absorber TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE interactions (
	id TEXT PRIMARY KEY, account TEXT NOT NULL, began TEXT NOT NULL, kind TEXT NOT NULL, initiative TEXT NOT NULL,
	format TEXT NOT NULL, channel TEXT NOT NULL, agent TEXT NOT NULL, contact TEXT NOT NULL, seconds TEXT NOT NULL,
	first_reply TEXT, solved TEXT, replies INTEGER NOT NULL, reopens INTEGER NOT NULL
);
