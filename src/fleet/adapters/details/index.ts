import type { ProviderName } from '../../../providers/settings.js';
import type { DetailReader } from '../../details/detail-reader.js';
import { cegedimDetails } from './cegedim.js';
import { naverDetails } from './naver.js';
import { nhnDetails } from './nhn.js';
import { samsungDetails } from './samsung.js';

/** What comparing and measuring read at each provider. */
export const detailReaders: Readonly<Record<ProviderName, DetailReader>> = {
  nhn: nhnDetails,
  samsung: samsungDetails,
  naver: naverDetails,
  cegedim: cegedimDetails,
};
