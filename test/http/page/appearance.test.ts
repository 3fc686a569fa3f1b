import { expect, test } from 'vitest';
import { browserOfFile, type Window } from '../../support/browser.js';
import { contrasts } from '../support/contrasts.js';
import { enter } from './people.js';
import { agent, approver, servePage } from './serving.js';

const browser = browserOfFile();

async function everyPage({ page }: Window, home: string, id: string, look: (name: string) => Promise<void>) {
  for (const [name, path] of Object.entries({ list: '', request: `/${id}`, missing: '/nowhere' })) {
    await page.goto(home + path);
    await look(name);
  }
}

test('a phone of 360 points shows every page without sideways scrolling, and with targets for a thumb', async () => {
  const long = 'x'.repeat(500);
  const served = await servePage({ rule: { reason: long } });
  const waiting = await served.remove({ caller: { ...agent, name: long, client: long } });
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const window = await enter(browser, served, approver, waiting.id, phone);
  await everyPage(window, served.home, waiting.id, async (name) => {
    expect(await window.page.evaluate('document.documentElement.scrollWidth'), name).toBe(360);
    const targets = window.page.locator('button, input:not([type=hidden]), .card, .trail a, .onward a');
    const boxes = await Promise.all((await targets.all()).map((target) => target.boundingBox()));
    expect(Math.min(...boxes.map((box) => box?.height ?? 0)), name).toBeGreaterThanOrEqual(44);
  });
});

test.each(['light', 'dark'] as const)('every text stands out enough in the %s', async (colorScheme) => {
  const served = await servePage();
  const waiting = await served.remove();
  await served.restart();
  const window = await enter(browser, served, approver, waiting.id, { colorScheme });
  const grounds = new Set<unknown>();
  await everyPage(window, served.home, waiting.id, async (name) => {
    const found: { text: string; ratio: number }[] = await window.page.evaluate(contrasts);
    expect(found.length, name).toBeGreaterThan(3);
    expect(
      found.filter(({ ratio }) => ratio < 4.5),
      name,
    ).toEqual([]);
    grounds.add(await window.page.evaluate('getComputedStyle(document.body).backgroundColor'));
  });
  expect([...grounds]).toEqual([colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(247, 247, 245)']);
});

test('every field has a label, every page one first heading and a language', async () => {
  const served = await servePage();
  const waiting = await served.remove();
  const window = await enter(browser, served, approver, waiting.id);
  await everyPage(window, served.home, waiting.id, async (name) => {
    const { page } = window;
    expect(await page.locator('html').getAttribute('lang'), name).toBe('en');
    expect(await page.getByRole('heading', { level: 1 }).count(), name).toBe(1);
    const nameless = 'input:not([type=hidden]):not([id])';
    expect(await page.locator(nameless).count(), name).toBe(0);
    for (const field of await page.locator('input:not([type=hidden])').all()) {
      const id = await field.getAttribute('id');
      expect(await page.locator(`label[for="${id}"]`).count(), name).toBe(1);
    }
  });
});

interface Widths {
  scrollWidth: number;
  clientWidth: number;
}

const hostile = {
  markup: '<script>window.hacked = 1</script><img src=x onerror="window.hacked=1">',
  quotes: `"><style>body{display:none}</style><a href='javascript:window.hacked=1'>`,
  'turned writing': 'orders\u202Eyramirp-\u2066\u200Bx',
  'ten kilobytes': 'z'.repeat(10_000),
};

test.each(Object.entries(hostile))('a name that is %s is shown as text and does nothing', async (_name, text) => {
  const inside = JSON.stringify(text).slice(1, -1);
  const served = await servePage({
    between: (send) => async (request, signal) => {
      const answer = await send(request, signal);
      return { ...answer, body: answer.body.replaceAll('orders-standby', inside) };
    },
  });
  const waiting = await served.remove({
    caller: { id: text, name: text, client: text },
    changed: ({ plan, ...request }) => ({
      ...request,
      reason: text,
      plan: { ...plan, title: text, warning: text, undo: text, name: text, arguments: { [text]: [text] } },
    }),
  });
  const { page, complaints } = await enter(browser, served, approver);
  for (const address of [served.home, `${served.home}/${waiting.id}`]) {
    await page.goto(address);
    const shown = await page.locator('body').innerText();
    expect(shown.includes(text.slice(0, 6)), address).toBe(true);
    expect(/[\u202A-\u202E\u2066-\u2069\u200B]/.exec(shown)?.index, address).toBeUndefined();
    const { scrollWidth, clientWidth } = await page.evaluate<Widths>(
      '({ scrollWidth: document.body.scrollWidth, clientWidth: document.body.clientWidth })',
    );
    expect(scrollWidth, address).toBeLessThanOrEqual(clientWidth);
    expect(await page.locator('script, style, img, a[href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  }
  expect(complaints).toEqual([]);
});

test('were something injected after all, the browser would not run it, style with it or send it', async () => {
  const served = await servePage();
  const { page, complaints } = await enter(browser, served, approver);
  await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
    document.body.setAttribute('style', 'display:none');
    const image = document.createElement('img');
    image.src = 'http://127.0.0.1:9/x.png';
    document.body.append(image);
    const form = document.createElement('form');
    form.action = 'http://127.0.0.1:9/';
    document.body.append(form);
    form.submit();
  `);
  await expect.poll(() => complaints.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  expect(complaints.join('\n')).toMatch(/script/i);
  expect(complaints.join('\n')).toMatch(/form-action/);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.evaluate('getComputedStyle(document.body).display')).toBe('block');
  expect(page.url()).toBe(served.home);
});
