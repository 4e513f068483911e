import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserName } from '../src/console/security-credentials/browser-name.ts'
import { clockSentence } from '../src/console/security-credentials/clock-sentence.ts'

for (const [userAgent, name] of [
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36',
    'Chrome on Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0',
    'Firefox on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', 'Firefox on Android'],
  ['curl/8.9.1', 'curl'],
  ['', 'Unknown'],
] as const) {
  test(`${JSON.stringify(userAgent.slice(0, 40))}… is called ${name}`, () =>
    assert.equal(browserName(userAgent), name))
}

for (const [seconds, words] of [
  [0, /its clock is right/],
  [95, /about 100 seconds ahead/],
  [-600, /about 10 minutes behind/],
] as const) {
  test(`a clock that is off by ${seconds} seconds is told in words`, () =>
    assert.match(clockSentence('phone', seconds), words))
}
