import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { SkillsClient } from '@modelcontextprotocol/client/ext/skills';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createMcpHandler, ResourceNotFoundError, Server } from '@modelcontextprotocol/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { prompts } from '../../prompts/index.js';
import { promptLanguages } from '../../src/define/index.js';
import { addPrompts, promptCompleter, runbookPrompts } from '../../src/server/prompts.js';
import { addSkills, skillShelf } from '../../src/server/skills.js';

const peers = ['2026', '2025', 'former SDK'] as const;

/** Runbooks alone, as one server serves them to a real client, without a port. */
async function connect(peer: (typeof peers)[number], language: (typeof promptLanguages)[number] = 'en') {
  const options = { prompts: () => Promise.resolve(prompts), language };
  const shelf = skillShelf(options);
  const propose = promptCompleter(options, async (kind, text) => [`${kind} like ${text}`]);
  const handler = createMcpHandler(() => {
    const server = new Server({ name: 'runbooks', version: '1' }, { capabilities: { resources: {}, completions: {} } });
    addPrompts(server, runbookPrompts(options));
    addSkills(server, shelf);
    server.setRequestHandler('resources/list', async () => ({ resources: await shelf.list() }));
    server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
      const found = await shelf.read(uri);
      if (found) return { contents: [{ uri, mimeType: found.mimeType, text: found.content }] };
      throw new ResourceNotFoundError(uri);
    });
    server.setRequestHandler('completion/complete', async ({ params: { ref, argument } }) => ({
      completion: {
        values: ref.type === 'ref/prompt' ? [...(await propose(ref.name, argument.name, argument.value))] : [],
      },
    }));
    return server;
  });
  onTestFinished(() => handler.close());
  const url = new URL('http://localhost/mcp');
  const fetch = (input: string | URL, init?: RequestInit) => handler.fetch(new Request(input, init));
  if (peer === 'former SDK') {
    const client = new OlderClient({ name: 'test', version: '1' });
    await client.connect(new OlderTransport(url, { fetch }));
    return client;
  }
  const mode = peer === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {};
  const client = new Client({ name: 'test', version: '1' }, mode);
  await client.connect(new StreamableHTTPClientTransport(url, { fetch }));
  return client;
}

/** The skills of a client of the present SDK. */
async function skillsOf(peer: '2026' | '2025', language?: 'en' | 'ko') {
  const client = await connect(peer, language);
  if (!(client instanceof Client)) throw new Error('Only the present SDK knows skills.');
  return new SkillsClient(client);
}

describe.each(peers)('prompts, seen by a client of %s', (peer) => {
  test('are listed with title, description and arguments', async () => {
    const client = await connect(peer);
    const { prompts: listed } = await client.listPrompts();
    expect(listed.map(({ name }) => name)).toEqual(prompts.map(({ name }) => name));
    expect(listed.find(({ name }) => name === 'investigate_slowness')).toMatchObject({
      title: 'The database is slow',
      arguments: [
        { name: 'instance', required: true },
        { name: 'since', required: false, description: 'When it became slow' },
      ],
    });
  });

  test('are filled in', async () => {
    const client = await connect(peer);
    const { messages } = await client.getPrompt({ name: 'diagnose_instance', arguments: { instance: 'orders-db' } });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ role: 'user', content: { type: 'text' } });
    expect(JSON.stringify(messages)).toContain('Diagnose this instance: orders-db');
  });

  test('come in Korean to a server that speaks it', async () => {
    const client = await connect(peer, 'ko');
    const { prompts: listed } = await client.listPrompts();
    expect(listed[0]?.title).toBe('인스턴스 진단');
    const { messages } = await client.getPrompt({ name: 'hand_over_duty' });
    expect(JSON.stringify(messages)).toContain('인수인계 범위(최근 시간): 12');
  });

  test('that do not exist, or lack an argument, are refused with a sentence', async () => {
    const client = await connect(peer);
    await expect(client.getPrompt({ name: 'no_such' })).rejects.toThrow('There is no prompt no_such.');
    await expect(client.getPrompt({ name: 'diagnose_instance' })).rejects.toThrow('diagnose_instance needs instance.');
  });

  test('have their arguments completed by kind', async () => {
    const client = await connect(peer);
    const values = async (name: string, argument: string) => {
      const ref = { type: 'ref/prompt' as const, name };
      return (await client.complete({ ref, argument: { name: argument, value: 'or' } })).completion.values;
    };
    expect(await values('diagnose_instance', 'instance')).toEqual(['instance like or']);
    expect(await values('check_backups', 'provider')).toEqual(['provider like or']);
    expect(await values('investigate_slowness', 'since')).toEqual([]);
    await expect(values('no_such', 'instance')).rejects.toThrow('There is no prompt no_such.');
  });

  test('are there as resources, for clients that know no skills', async () => {
    const client = await connect(peer);
    const { resources } = await client.listResources();
    expect(resources).toHaveLength(prompts.length);
    expect(resources.every(({ uri }) => /^skill:\/\/[a-z-]+\/SKILL\.md$/.test(uri))).toBe(true);
    const { contents } = await client.readResource({ uri: 'skill://rehearse-restore/SKILL.md' });
    expect(contents[0]).toMatchObject({
      mimeType: 'text/markdown',
      text: expect.stringMatching(/^---\nname: rehearse-/),
    });
    await expect(client.readResource({ uri: 'skill://no-such/SKILL.md' })).rejects.toThrow('skill://no-such/SKILL.md');
  });
});

describe.each(['2026', '2025'] as const)('skills, seen by a client of %s', (peer) => {
  test.each(promptLanguages)('every one is listed, and its file is the one that was promised: %s', async (language) => {
    const skills = await skillsOf(peer, language);
    expect(skills.supported).toBe(true);
    const { skills: listed } = await skills.list();
    expect(listed.map(({ frontmatter }) => frontmatter.name)).toEqual(
      prompts.map(({ name }) => name.replaceAll('_', '-')),
    );
    for (const [index, skill] of listed.entries()) {
      const file = await skills.read(skill);
      expect(file).toMatchObject({ verified: true, frontmatter: skill.frontmatter });
      expect(skill.frontmatter.description).toBe(prompts[index]?.description[language]);
      expect(file.body).toContain(prompts[index]?.text[language].trim());
      for (const { name } of prompts[index]?.arguments ?? []) expect(file.body).toContain(`- \`{${name}}\`: `);
    }
  });

  test('one can be asked for, and its folder read', async () => {
    const skills = await skillsOf(peer);
    const uri = 'skill://review-access/SKILL.md';
    expect((await skills.get(uri)).skill.uri).toBe(uri);
    const { resources } = await skills.readDirectory('skill://review-access');
    expect(resources).toMatchObject([{ uri, name: 'SKILL.md', mimeType: 'text/markdown' }]);
    await expect(skills.get('skill://no-such/SKILL.md')).rejects.toThrow('No skill is served');
    await expect(skills.readDirectory('skill://no-such')).rejects.toThrow('not the folder of a skill');
  });
});

test('an hour is promised for skills where the protocol knows that, and nothing where it does not', async () => {
  const [newer, older] = [await (await skillsOf('2026')).list(), await (await skillsOf('2025')).list()];
  expect(newer).toMatchObject({ ttlMs: 3_600_000, cacheScope: 'public' });
  expect(older).not.toHaveProperty('ttlMs');
});
