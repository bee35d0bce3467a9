// Loads a CSV file into DuckDB, in this process, and times a query: how often, and
// which, says the argument. Prints times and those of
// the processors in nanoseconds, the rise of resident memory
// in bytes (0 where that is unknown) and the rows of the last run.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync, writeFileSync } from 'node:fs';

const resident = (field) => {
  try {
    return 1024 * Number(readFileSync('/proc/self/status', 'utf8').match(new RegExp(`${field}:\\s*(\\d+)`))[1]);
  } catch {
    return 0;
  }
};

const { file, table, query, runs, enough } = JSON.parse(process.argv[2]);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET threads = 1');
const times = [];
const cpu = [];
const time = async (work) => {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  const result = await work();
  times.push(Number(process.hrtime.bigint() - start));
  const { user, system } = process.cpuUsage(before);
  cpu.push(1000 * (user + system));
  return result;
};

const columns = "{'id': 'VARCHAR', 'account': 'VARCHAR', 'starts': 'DATE', 'ends': 'DATE', 'price': 'DECIMAL(12,2)', 'months': 'INTEGER'}";
const fill = () => connection.run(`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = true, columns = ${columns})`);
let base = resident('VmRSS');
let rows = [];
if (query === '') {
  await time(fill);
} else {
  await fill();
  try { writeFileSync('/proc/self/clear_refs', '5'); } catch { /* the peak is an upper bound */ }
  base = resident('VmRSS');
  const began = Date.now();
  while (times.length < runs && (times.length === 0 || Date.now() - began < enough)) {
    rows = (await time(() => connection.runAndReadAll(query))).getRows();
  }
}
const rise = base === 0 ? 0 : Math.max(0, resident('VmHWM') - base);
console.log(JSON.stringify({ times, cpu, rise, rows }));
