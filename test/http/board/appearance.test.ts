import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { connect } from '../../support/connect.js';
import { startFleet } from '../../support/fleet.js';
import { contrasts } from '../support/contrasts.js';
import { type BoardOptions, type OpenBoard, openBoard } from './host.js';

const browser = browserOfFile();

/** Every view of the board, with what is looked at in each. */
async function everyView(options: BoardOptions, look: (opened: OpenBoard, name: string) => Promise<void>) {
  const long = 'x'.repeat(300);
  const fleet = await startFleet({ altered: (body) => body.replaceAll('billing-legacy', long) });
  const connection = await connect({ fleet });
  const opened = await openBoard(browser, connection, options);
  const { board } = opened;
  await board.getByText('examining').waitFor({ state: 'hidden' });
  await look(opened, 'fleet');
  await board.getByRole('button', { name: long }).first().click();
  await board.getByText('Asking…').first().waitFor({ state: 'detached' });
  await board.getByRole('img').first().waitFor();
  await look(opened, 'instance');
  const plan = { tool: 'nhn_stop_db_instance', input: { dbInstanceId: 'analytics' } };
  const planned = await openBoard(browser, connection, { ...options, ...plan });
  await planned.board.getByText('Nothing was sent yet.').waitFor();
  await look(planned, 'plan');
}

/** The page inside of the frame. */
const inner = ({ page }: OpenBoard) => {
  const frame = page.frames()[1];
  if (!frame) throw new Error('The board is not there.');
  return frame;
};

test('320 points show every view without sideways scrolling, and with targets for a thumb', async () => {
  const browserOptions = { viewport: { width: 320, height: 640 } };
  await everyView({ browserOptions }, async (opened, name) => {
    expect(await inner(opened).evaluate('document.documentElement.scrollWidth'), name).toBe(320);
    const boxes = await Promise.all(
      (await opened.board.getByRole('button').all()).map((button) => button.boundingBox()),
    );
    expect(Math.min(...boxes.map((box) => box?.height ?? 0)), name).toBeGreaterThanOrEqual(44);
  });
});

test.each(['light', 'dark'] as const)('every text stands out enough in the %s', async (theme) => {
  // The host’s theme counts, whatever the system prefers.
  const browserOptions = { colorScheme: theme === 'light' ? ('dark' as const) : ('light' as const) };
  await everyView({ browserOptions, context: { theme } }, async (opened, name) => {
    const found: { text: string; ratio: number }[] = await inner(opened).evaluate(contrasts);
    expect(found.length, name).toBeGreaterThan(3);
    expect(
      found.filter(({ ratio }) => ratio < 4.5),
      name,
    ).toEqual([]);
    const ground = await inner(opened).evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground, name).toBe(theme === 'light' ? 'rgb(247, 247, 245)' : 'rgb(20, 23, 26)');
  });
});

test('the board takes the colours and the language of its host, also when they change', async () => {
  const context = { locale: 'ko-KR', styles: { variables: { '--color-background-primary': 'rgb(1, 2, 3)' } } };
  const opened = await openBoard(browser, await connect(), { context });
  const { board, changeContext } = opened;
  await board.getByRole('heading', { level: 1, name: '경고 26건, 참고 7건' }).waitFor();
  await board.getByText('발견된 문제, 이벤트, 계획의 내용은 영어로 표시됩니다.').waitFor();
  const ground = () => inner(opened).evaluate('getComputedStyle(document.body).backgroundColor');
  expect(await ground()).toBe('rgb(1, 2, 3)');
  await changeContext({ ...context, styles: { variables: { '--color-background-primary': 'rgb(4, 5, 6)' } } });
  await expect.poll(ground).toBe('rgb(4, 5, 6)');
});
