import { expect, test } from 'vitest';
import type { Client } from '@modelcontextprotocol/client';
import { startFleet } from '../../support/fleet.js';
import { jobOf } from '../../support/follow.js';
import { instanceNamed } from '../../support/nhn.js';
import { connectHttp, httpPeers } from '../support/connect-http.js';
import { framesOf, rawHttp } from '../support/raw-http.js';
import { startHttp } from '../support/start-http.js';
