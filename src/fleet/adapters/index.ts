import type { Adapter } from '../adapter.js';
import { cegedimAdapter } from './cegedim.js';
import { naverAdapter } from './naver.js';
import { nhnAdapter } from './nhn.js';
import { samsungAdapter } from './samsung.js';

/** One a provider. */
export const adapters: readonly Adapter[] = [nhnAdapter, samsungAdapter, naverAdapter, cegedimAdapter];
