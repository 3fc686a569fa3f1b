import { expect, test } from 'vitest';
import { isSameName } from '../../../src/values/same-name.js';

const table: [string, string, string, boolean][] = [
  ['as it is', 'orders', 'orders', true],
  ['with spaces around it', ' orders\n', 'orders', true],
  ['without the spaces that it has', 'orders', ' orders ', true],
  ['with its letters taken apart', '주문'.normalize('NFD'), '주문', true],
  ['in another case', 'Orders', 'orders', false],
  ['with a space within', 'or ders', 'orders', false],
  ['as nothing', '', 'orders', false],
  ['as nothing, where the name is a space', '', ' ', false],
  ['with a letter that only looks alike', 'оrders', 'orders', false],
];

test.each(table)('a name that is typed %s', (_, typed, name, isSame) => {
  expect(isSameName(typed, name)).toBe(isSame);
});
