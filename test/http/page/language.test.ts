import { expect, test } from 'vitest';
import { browserOfFile } from '../../support/browser.js';
import { cookieOf, enterRaw, post, tokenIn } from './people.js';
import { approver, reader, type Served, servePage } from './serving.js';

const browser = browserOfFile();
const korean = { locale: 'ko-KR' };

test('a Korean browser is spoken to in Korean, from the sign-in to the decision and on the board', async () => {
  const served = await servePage();
  const waiting = await served.remove();
  served.codes.set('once', approver);
  const { page, complaints } = await browser.open(korean);
  await page.goto(`${served.home}/${waiting.id}`);
  await page.getByLabel('일회용 코드').fill('once');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: '되돌리는 방법' }).waitFor();
  await page.getByText('호출의 설명과 공급자의 정보는 영어로 표시됩니다.').waitFor();
  await page.getByLabel(/^승인하려면/).fill('billing');
  await page.getByRole('button', { name: /^승인:/ }).click();
  await page.getByText('입력한 이름이 billing-legacy이(가) 아닙니다.').waitFor();
  await page.getByLabel(/^승인하려면/).fill('billing-legacy');
  await page.getByRole('button', { name: /^승인:/ }).click();
  await page.getByText(/^승인: DBA on call, 방금/).waitFor();

  await page.getByRole('link', { name: '모든 요청' }).click();
  await page.getByRole('heading', { level: 1, name: '기다리는 요청이 없습니다' }).waitFor();
  await page.getByText(/^우선 보기: 경고 \d+건 \(인스턴스 \d+개\)$/).waitFor();
  await page.getByRole('link', { name: '전체 인스턴스 보드' }).click();
  await page.getByRole('heading', { level: 1, name: /경고 \d+건/ }).waitFor();
  expect(complaints).toEqual([expect.stringContaining('422')]);
});

test('the language that was chosen stays, on the same page and on the board, whatever the browser asks', async () => {
  const served = await servePage();
  const waiting = await served.restart();
  served.codes.set('once', approver);
  const { page, complaints } = await browser.open(korean);
  await page.goto(`${served.home}/${waiting.id}`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('One-time code').fill('once');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The way back' }).waitFor();
  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('heading', { name: '되돌리는 방법' }).waitFor();
  expect(page.url()).toBe(`${served.home}/${waiting.id}`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Fleet board' }).click();
  await page.getByRole('heading', { level: 1, name: /warnings/ }).waitFor();
  expect(complaints).toEqual([]);
});

const asked: [string, string][] = [
  ['ko', 'ko'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['ja, ko;q=0.5', 'ko'],
  ['kok', 'en'],
  ['ko;q=0, en', 'en'],
  ['*', 'en'],
  ['', 'en'],
];
test('the language is the first of those asked for that there is', async () => {
  const { home } = await servePage();
  const spoken = async (header: string) =>
    /<html lang="(\w+)">/.exec(
      await (await fetch(`${home}/sign-in`, { headers: { 'Accept-Language': header } })).text(),
    )?.[1];
  expect(await Promise.all(asked.map(async ([header]) => [header, await spoken(header)]))).toEqual(asked);
});

async function choose({ home, origin }: Served, fields: Record<string, string>, from = origin) {
  const answer = await post(`${home}/language`, { fields, headers: { Origin: from } });
  return [answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')?.split(';')[0]];
}

test('choosing leads back to a page of this server and nowhere else, and no other site can choose', async () => {
  const served = await servePage();
  const chosen = 'pgfleet-language=ko';
  expect(await choose(served, { lang: 'ko', back: '/board' })).toEqual([303, '/approvals/board', chosen]);
  for (const back of ['//elsewhere.example', '/../../x', 'https://elsewhere.example', '\\elsewhere', '/sign-out', ''])
    expect(await choose(served, { lang: 'ko', back }), back).toEqual([303, '/approvals', chosen]);
  expect((await choose(served, { lang: 'xx' })).at(0)).toBe(404);
  expect(await choose(served, { lang: 'ko' }, 'https://elsewhere.example')).toEqual([403, null, undefined]);
});

test('no page in Korean has words of the page left in English', async () => {
  const served = await servePage({ rule: { fourEyes: true } });
  const own = await served.remove({ caller: { ...approver, client: 'desk-agent' } });
  const { cookie } = await enterRaw(served, approver);
  const { cookie: mayNot } = await enterRaw(served, reader);
  const get = async (path: string, cookies: string) =>
    (await fetch(served.home + path, { headers: { Cookie: `${cookies}; pgfleet-language=ko` } })).text();
  const first = await fetch(`${served.home}/sign-in`, { headers: { 'Accept-Language': 'ko' } });
  const wrong = await post(`${served.home}/sign-in`, {
    fields: { code: 'wrong', form: tokenIn(await first.text()) },
    headers: { Origin: served.origin, Cookie: cookieOf(first), 'Accept-Language': 'ko' },
  });
  const pages = [await get('', cookie), await get('?still=1', cookie), await get(`/${own.id}`, cookie)];
  for (const page of pages) {
    const own = [...page.matchAll(/<(h2|button|label)\b[^>]*>([^<]+)/g)].map(([, , text = '']) => text.trim());
    expect(own.length).toBeGreaterThanOrEqual(4);
    expect(own.filter((text) => !/[가-힣]/.test(text))).toEqual(['English']);
  }
  const messages = [await get('/nowhere', cookie), await get('', mayNot), await wrong.text()];
  for (const message of messages) {
    const said = (/<main[^]*<\/main>/.exec(message)?.[0] ?? '').replace(/<[^>]*>/g, ' ');
    expect(said).toMatch(/[가-힣]/);
    expect(said.replaceAll(/pgfleet(:approve)?/g, '')).not.toMatch(/[a-z]{2}/i);
  }
});
