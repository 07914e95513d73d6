// Writes chinese-days.csv and lunar-javascript.csv beside this file: for every day that the packages know, whether it is worked.
// They are compared in core/tests/calendar_independent.rs. Run in a directory where both are installed:
//   npm i chinese-days@1.5.7 lunar-javascript@1.7.7 && node generate.mjs
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(process.cwd(), 'generate.mjs'));
const here = dirname(fileURLToPath(import.meta.url));
const root = (name) => {
  let at = dirname(require.resolve(name));
  while (!at.endsWith(join('node_modules', name))) at = dirname(at);
  return at;
};
const about = (name) => JSON.parse(readFileSync(join(root(name), 'package.json'), 'utf8'));

// Outside its years a package answers with the plain week, which would prove nothing.
const years = readdirSync(join(root('chinese-days'), 'dist/years')).map((f) => parseInt(f, 10)).filter(Number.isFinite);
const [from, to] = [Math.min(...years), Math.max(...years)];

const chineseDays = require('chinese-days');
const { HolidayUtil } = require('lunar-javascript');
const plain = (day) => ![0, 6].includes(new Date(day + 'T00:00:00Z').getUTCDay());
const sources = {
  'chinese-days': (day) => chineseDays.isWorkday(day),
  'lunar-javascript': (day) => HolidayUtil.getHoliday(day)?.isWork() ?? plain(day),
};
for (const [name, works] of Object.entries(sources)) {
  const { version, license } = about(name);
  const lines = [`# npm package ${name} ${version}, licence ${license}; written by generate.mjs`, 'date,working'];
  for (let t = Date.UTC(from, 0, 1); t <= Date.UTC(to, 11, 31); t += 86400000) {
    const day = new Date(t).toISOString().slice(0, 10);
    lines.push(`${day},${works(day) ? 1 : 0}`);
  }
  writeFileSync(join(here, `${name}.csv`), lines.join('\n') + '\n');
  console.log(`${name} ${version}: ${lines.length - 2} days, ${from} to ${to}`);
}
