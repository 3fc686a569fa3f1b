import { Client } from '@modelcontextprotocol/client';
import { SkillsClient } from '@modelcontextprotocol/client/ext/skills';
import { beforeAll, describe, expect, test } from 'vitest';
import { prompts } from '../../../prompts/index.js';
import { type PromptLanguage, promptLanguages } from '../../../src/define/index.js';
import { type Connection, connect, type Peer, peers } from '../../support/connect.js';
import { endOfFile } from '../../support/end-of-file.js';
import { type Fleet, startFleet } from '../../support/fleet.js';

const end = endOfFile();

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ end });
});

const clients = new Map<string, Promise<Connection>>();

/** A client of a kind, on a server of a language: one each for all stories. */
async function clientOf(peer: Peer, language: PromptLanguage = 'en'): Promise<Connection['client']> {
  const key = `${peer} ${language}`;
  const connection = clients.get(key) ?? connect({ fleet, peer, env: { PGFLEET_LANG: language }, end });
  clients.set(key, connection);
  return (await connection).client;
}

/** The skills of a client of the present SDK. */
async function skillsOf(peer: '2026' | '2025', language?: PromptLanguage) {
  const client = await clientOf(peer, language);
  if (!(client instanceof Client)) throw new Error('Only the present SDK knows skills.');
  return new SkillsClient(client);
}

describe.each(peers)('prompts, seen by a client of %s', (peer) => {
  test('are listed with title, description and arguments', async () => {
    const client = await clientOf(peer);
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
    const client = await clientOf(peer);
    const { messages } = await client.getPrompt({ name: 'diagnose_instance', arguments: { instance: 'orders-db' } });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ role: 'user', content: { type: 'text' } });
    expect(JSON.stringify(messages)).toContain('Diagnose this instance: orders-db');
  });

  test('come in Korean to a server that speaks it', async () => {
    const client = await clientOf(peer, 'ko');
    const { prompts: listed } = await client.listPrompts();
    expect(listed[0]?.title).toBe('인스턴스 진단');
    const { messages } = await client.getPrompt({ name: 'hand_over_duty' });
    expect(JSON.stringify(messages)).toContain('인수인계 범위(최근 시간): 12');
  });

  test('that do not exist, or lack an argument, are refused with a sentence', async () => {
    const client = await clientOf(peer);
    await expect(client.getPrompt({ name: 'no_such' })).rejects.toThrow('There is no prompt no_such.');
    await expect(client.getPrompt({ name: 'diagnose_instance' })).rejects.toThrow('diagnose_instance needs instance.');
  });

  test('have their arguments completed by kind', async () => {
    const client = await clientOf(peer);
    const values = async (name: string, argument: string, value: string) => {
      const ref = { type: 'ref/prompt' as const, name };
      return (await client.complete({ ref, argument: { name: argument, value } })).completion.values;
    };
    expect(await values('diagnose_instance', 'instance', 'orders-prim')).toEqual(['orders-primary']);
    expect(await values('check_backups', 'provider', 'n')).toEqual(['naver', 'nhn', 'samsung']);
    expect(await values('investigate_slowness', 'since', 'or')).toEqual([]);
    await expect(values('no_such', 'instance', 'or')).rejects.toThrow('There is no prompt no_such.');
  });

  test('are there as resources, for clients that know no skills', async () => {
    const client = await clientOf(peer);
    const { resources: listed } = await client.listResources();
    const resources = listed.filter(({ uri }) => uri.startsWith('skill://'));
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
