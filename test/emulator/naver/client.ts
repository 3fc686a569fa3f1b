import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Scenario } from '../../../src/emulator/core/world.js';
import { start } from '../start.js';

export const seconds = (count: number): number => count * 1000;

const server = z.looseObject({
  cloudPostgresqlServerInstanceNo: z.string(),
  cloudPostgresqlServerName: z.string(),
  cloudPostgresqlServerInstanceStatusName: z.string(),
  cloudPostgresqlServerRole: z.object({ code: z.string() }),
  isPublicSubnet: z.boolean(),
  dataStorageSize: z.number(),
  usedDataStorageSize: z.number(),
});
const instances = z.object({
  cloudPostgresqlInstanceList: z.array(
    z.looseObject({
      cloudPostgresqlInstanceNo: z.string(),
      cloudPostgresqlInstanceStatusName: z.string(),
      engineVersion: z.string(),
      isHa: z.boolean(),
      isBackup: z.boolean(),
      cloudPostgresqlServerInstanceList: z.array(server),
    }),
  ),
});

export interface Sending {
  method?: 'GET' | 'POST';
  accessKey?: string;
  secretKey?: string;
  timestamp?: number;
  contentType?: string;
  /** The version in the name of the signature's header; the documented one when left out. */
  signature?: 'v1' | 'v2';
  /** What is signed, where it is to be something else than what is sent. */
  signedTarget?: string;
}

/** A signing client on an emulator whose clock only moves by hand. */
export function connect({ scenario }: { scenario?: Scenario } = {}) {
  const emulator = start('naver', { scenario });
  const { world, faults, app, environment } = emulator;
  const { NAVER_BASE_URL = '', NAVER_ACCESS_KEY = '', NAVER_SECRET_KEY = '' } = environment;

  const send = (operation: string, fields: Record<string, string> = {}, sending: Sending = {}) => {
    const { method = 'POST', accessKey = NAVER_ACCESS_KEY, secretKey = NAVER_SECRET_KEY } = sending;
    const { contentType = 'application/x-www-form-urlencoded' } = sending;
    const timestamp = String(sending.timestamp ?? Date.now());
    const form = new URLSearchParams(fields).toString();
    const url = `${NAVER_BASE_URL}/${operation}${method === 'GET' && form ? `?${form}` : ''}`;
    const target = sending.signedTarget ?? url.slice(new URL(url).origin.length);
    const signed = `${method} ${target}\n${timestamp}\n${accessKey}`;
    return app.request(url, {
      method,
      headers: {
        'x-ncp-apigw-timestamp': timestamp,
        'x-ncp-iam-access-key': accessKey,
        [`x-ncp-apigw-signature-${sending.signature ?? 'v2'}`]: createHmac('sha256', secretKey)
          .update(signed)
          .digest('base64'),
        ...(method === 'POST' && { 'content-type': contentType }),
      },
      body: method === 'POST' ? form : undefined,
    });
  };

  /** The answer without its outer name, or the refusal. */
  const call = async (operation: string, fields: Record<string, string> = {}, sending?: Sending) => {
    const response = await send(operation, { ...fields, responseFormatType: 'json' }, sending);
    const body = z.record(z.string(), z.record(z.string(), z.json())).parse(await response.json());
    return body[`${operation}Response`] ?? body['responseError'] ?? body['error'] ?? {};
  };

  const list = async (operation: string, fields: Record<string, string> = {}) => {
    const answer = await call(operation, fields);
    const rows = Object.entries(answer).find(([name]) => name.endsWith('List'))?.[1];
    return z.array(z.record(z.string(), z.json())).parse(rows);
  };

  const allInstances = async () =>
    instances.parse(await call('getCloudPostgresqlInstanceList')).cloudPostgresqlInstanceList;

  const instance = async (no: string) => {
    const found = (await allInstances()).find(({ cloudPostgresqlInstanceNo }) => cloudPostgresqlInstanceNo === no);
    if (!found) throw new Error(`There is no instance ${no}.`);
    return found;
  };

  const statusOf = async (no: string) => (await instance(no)).cloudPostgresqlInstanceStatusName;

  return { emulator, world, faults, send, call, list, allInstances, instance, statusOf };
}

export const noOf = (answer: unknown): string =>
  instances.parse(answer).cloudPostgresqlInstanceList[0]?.cloudPostgresqlInstanceNo ?? '';
