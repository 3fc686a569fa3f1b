import './without-eval.js';

import { startInHost } from './host.js';
import { startOnPage } from './page.js';

const root = document.getElementById('board');
if (root) void (window.parent === window ? startOnPage(root) : startInHost(root));
