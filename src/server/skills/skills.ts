import {
  ProtocolError,
  ProtocolErrorCode,
  type Resource,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Skill } from '@modelcontextprotocol/server/ext/skills';
import * as z from 'zod';
import type { PromptOptions } from '../prompts.js';
import { skillName, skillText } from './skill-text.js';

/** Runbooks as skills: the answers of the extension's methods, and the content of its resources. */
export interface SkillShelf {
  entries(): Promise<readonly Skill[]>;
  /** Lines of `resources/list`. */
  list(): Promise<Resource[]>;
  /** Returns a `SKILL.md`. Undefined when the URI does not belong to a skill. */
  read(uri: string): Promise<{ content: string; mimeType: string; freshMilliseconds: number } | undefined>;
}

const mimeType = 'text/markdown';
const fileName = 'SKILL.md';
const anHour = 3_600_000;

/** Made once for all connections. The files are written from the prompts when a client first asks. */
export function skillShelf({ prompts, language, wording }: PromptOptions): SkillShelf {
  const stock = async () => {
    const { skillEntry } = await import('./skill-entry.js');
    return Promise.all(
      (await prompts()).map(async (prompt) => {
        const text = wording.text(skillText(prompt, language));
        return {
          title: prompt.title[language],
          text,
          entry: await skillEntry(skillName(prompt), { [fileName]: text }),
        };
      }),
    );
  };
  let stocked: ReturnType<typeof stock> | undefined;
  const skills = () => {
    stocked ??= stock();
    return stocked;
  };
  return {
    entries: async () => (await skills()).map(({ entry }) => entry),
    list: async () =>
      (await skills()).map(({ title, text, entry: { uri, frontmatter } }) => ({
        uri,
        name: frontmatter.name,
        title,
        description: frontmatter.description,
        mimeType,
        size: Buffer.byteLength(text),
      })),
    read: async (uri) => {
      if (!uri.startsWith('skill://')) return undefined;
      const skill = (await skills()).find(({ entry }) => entry.uri === uri);
      return skill && { content: skill.text, mimeType, freshMilliseconds: anHour };
    },
  };
}

const noParameters = z.object({}).optional();
const oneUri = z.object({ uri: z.string() });

/**
 * Adds the methods of `io.modelcontextprotocol/skills`. The SDK's own function takes only `McpServer`, but its helper
 * still creates and checks the entries. The resources themselves are served with all others, from the same shelf.
 */
export function addSkills(server: Server, shelf: SkillShelf): void {
  server.registerCapabilities({ extensions: { 'io.modelcontextprotocol/skills': { directoryRead: true } } });
  server.setRequestHandler('skills/list', { params: noParameters }, async (_none, context) => ({
    skills: [...(await shelf.entries())],
    ...lifetime(context),
  }));
  server.setRequestHandler('skills/get', { params: oneUri }, async ({ uri }, context) => {
    const skill = (await shelf.entries()).find((entry) => entry.uri === uri);
    if (!skill) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `No skill is served at ${uri}.`);
    return { skill, ...lifetime(context) };
  });
  server.setRequestHandler('resources/directory/read', { params: oneUri }, async ({ uri }, context) => {
    const files = (await shelf.list()).filter((file) => file.uri === `${uri}/${fileName}`);
    if (files.length > 0)
      return { resources: files.map((file) => ({ ...file, name: fileName })), ...lifetime(context) };
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${uri} is not the folder of a skill.`);
  });
}

/** Only the newer protocol era, whose requests have an envelope, says how long an answer may be cached. */
const lifetime = ({ mcpReq }: ServerContext) =>
  mcpReq.envelope ? { ttlMs: anHour, cacheScope: 'public' as const } : {};
