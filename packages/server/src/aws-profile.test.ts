import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachableEndpoint, withSettings } from './aws-profile.ts'
import { readConfig } from './config.ts'

const SETTINGS = { region: 'us-east-1', endpoint_url: 'http://127.0.0.1:6238' }
const SECTION = '[profile root]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:6238\n'

for (const { title, before, after } of [
  { title: 'is all there is in a new file', before: '', after: SECTION },
  {
    title: 'comes behind what others have written',
    before: '[profile dev]\nregion = eu-west-1',
    after: `[profile dev]\nregion = eu-west-1\n\n${SECTION}`,
  },
  {
    title: 'is written anew where it stands, between others',
    before:
      '# mine\n[default]\n\n[profile root]\nendpoint_url = http://old\n\n[sso-session a]\nx = 1\n',
    after: `# mine\n[default]\n\n${SECTION}\n[sso-session a]\nx = 1\n`,
  },
  {
    title: 'keeps the settings that are not ours, and nested ones',
    before: '[ profile  "root" ] # me\ncli_pager =\nregion=x\ns3 =\n  max_queue_size = 1\n',
    after:
      '[ profile  "root" ] # me\nregion = us-east-1\nendpoint_url = http://127.0.0.1:6238\ncli_pager =\ns3 =\n  max_queue_size = 1\n',
  },
  {
    title: 'is no other section whose name begins like it',
    before: '[profile roots]\nregion = x\n',
    after: `[profile roots]\nregion = x\n\n${SECTION}`,
  },
  { title: 'stays as it is where it says all that', before: SECTION, after: SECTION },
]) {
  test(`the section ${title}`, () => {
    assert.equal(withSettings(before, 'profile root', SETTINGS), after)
    assert.equal(withSettings(after, 'profile root', SETTINGS), after)
  })
}

for (const { endpoint, argv = [], reached } of [
  { endpoint: 'http://127.0.0.1:6238', reached: 'http://127.0.0.1:6238' },
  { endpoint: 'http://0.0.0.0:6238', reached: 'http://127.0.0.1:6238' },
  { endpoint: 'https://[::]:6238', reached: 'https://[::1]:6238' },
  { endpoint: 'http://10.0.0.5:6238', reached: 'http://10.0.0.5:6238' },
  {
    endpoint: 'https://0.0.0.0:6238',
    argv: ['--public-url', 'https://id.example.com'],
    reached: 'https://id.example.com',
  },
]) {
  test(`programs reach a server on ${[endpoint, ...argv].join(' ')} at ${reached}`, () => {
    assert.equal(reachableEndpoint(readConfig(argv, {}), endpoint), reached)
  })
}
