module metrics.internal/success/examples/bench

go 1.26.0

require (
	github.com/jackc/pgx/v5 v5.12.0
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/shopspring/decimal v1.6.0
	metrics.internal/success v0.0.0
	metrics.internal/success/examples/postgres v0.0.0
)

require (
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	golang.org/x/text v0.41.0 // indirect
)

replace (
	metrics.internal/success => ../..
	metrics.internal/success/examples/postgres => ../postgres
)
