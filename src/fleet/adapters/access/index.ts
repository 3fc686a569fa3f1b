import type { ProviderName } from '../../../providers/settings.js';
import type { LoginWay } from '../../details/login-way.js';
import { cegedimLogins } from './cegedim.js';
import { naverLogins } from './naver.js';
import { nhnLogins } from './nhn.js';
import { samsungLogins } from './samsung.js';

/** How each provider lets a look in. */
export const loginWays: Readonly<Record<ProviderName, LoginWay>> = {
  nhn: nhnLogins,
  samsung: samsungLogins,
  naver: naverLogins,
  cegedim: cegedimLogins,
};
