// Requests per second of the real server, as ratios to a bare node:http server in the same run, and its memory after 10,000
// users and 100,000 requests. `node requests.ts`, or `npm run bench` at the root.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { decodeBase32, newTotpSeed, totpCode, totpSecret } from '@twinlock/factors'
import { readConfig } from '../src/index.ts'
import { open } from '../src/main.ts'
import { pooledRandom } from '../src/identifiers/random.ts'
import { newSecretAccessKey } from '../src/identifiers/secret-access-key.ts'
import { newUniqueId } from '../src/identifiers/unique-ids.ts'
import { parseAccountId } from '../src/identifiers/account-id.ts'
import { mfaArn } from '../src/identifiers/arns.ts'
import { loadKeyring } from '../src/keyring/data-keys.ts'
import { readMasterKey } from '../src/keyring/master-key.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { send } from './load.ts'
import type { Load, LoadResult } from './load.ts'
import { signedRequest } from './signed-request.ts'
import type { Signer } from './signed-request.ts'

const USERS = 10_000
/** Users with devices, eight each: every device gives four codes in a run, each good once. */
const USERS_WITH_DEVICES = 1200
/** Of these, the users of the measurement of memory. */
const USERS_WITH_REQUESTS = 800
const DEVICES_EACH = 8
const CONNECTIONS = 64
const ROUNDS = 5
const SECONDS = 3
const WARM_UP_SECONDS = 6
/** Codes die with use, so that warming up takes devices of its own. */
const WARM_UP_ROUNDS = 2
/** About what GetSessionToken answers. */
const TOKEN_BYTES = 1000
const ACCOUNT = parseAccountId('123456789012')
const CALLER_IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

type Device = { readonly signer: Signer; readonly serialNumber: string; readonly seed: Buffer }

export async function bench(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'twinlock-bench-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(data, { recursive: true, force: true }))

  const devices = await seed(data)
  const server = await startServer(data)
  const host = `127.0.0.1:${server.port}`
  const first = devices[0]
  if (first === undefined) throw new Error('no device')
  const session = await sessionOf(first, server.port, host)

  const identity = signedRequest(session, host, CALLER_IDENTITY, new Date())
  const identityBytes = await answerBytes(server.port, identity)
  const bareIdentity = await startBare(identityBytes)
  const bareToken = await startBare(TOKEN_BYTES)
  stack.defer(() => stop(bareIdentity.process))
  stack.defer(() => stop(bareToken.process))

  const load = { connections: CONNECTIONS, repeat: true, seconds: SECONDS }
  await measure(server, { ...load, seconds: WARM_UP_SECONDS, requests: [identity] })
  const identities = new Comparison('GetCallerIdentity with a session token')
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await measure(bareIdentity, { ...load, requests: [identity] })
    const ours = await measure(server, { ...load, requests: [identity] })
    identities.add(ours, bare)
  }
  identities.conclude()

  const tokens = new Comparison('GetSessionToken with a durable TOTP')
  const each = Math.floor(devices.length / (WARM_UP_ROUNDS + ROUNDS))
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const part = devices.slice(round * each, (round + 1) * each)
    const requests = codesOf(part, host)
    const bare = await measure(bareToken, { ...load, requests })
    const ours = await measure(server, { ...load, repeat: false, seconds: 60, requests })
    if (round >= WARM_UP_ROUNDS) tokens.add(ours, bare)
  }
  tokens.conclude()

  await stop(server.process)
  console.log(`  ${await residentAfter(100_000, data, devices)}`)
}

/** Memory of a server that was started anew and has answered so many requests of all the users with keys. */
async function residentAfter(
  count: number,
  data: string,
  devices: readonly Device[],
): Promise<string> {
  const server = await startServer(data)
  const host = `127.0.0.1:${server.port}`
  const signers = new Map(devices.map(({ signer }) => [signer.accessKeyId, signer]))
  const requests = [...signers.values()]
    .slice(0, USERS_WITH_REQUESTS)
    .map(signer => signedRequest(signer, host, CALLER_IDENTITY, new Date()))
  const load = { connections: CONNECTIONS, repeat: true, seconds: SECONDS }
  let answered = 0
  while (answered < count) answered += (await measure(server, { ...load, requests })).answered
  const all = residentMegabytes(server.process, 'VmRSS')
  const mapped = residentMegabytes(server.process, 'RssFile')
  await stop(server.process)
  return `resident after ${USERS} users and ${answered} requests of ${requests.length} of them: ${all} MB, of which ${mapped} MB are pages of files, most of them the runtime's program`
}

type Server = { readonly process: ChildProcess; readonly port: number }
type Measured = LoadResult & { readonly microsecondsOfCpu: number }

async function measure(server: Server, load: Omit<Load, 'port'>): Promise<Measured> {
  const before = cpuSeconds(server.process)
  const result = await send({ ...load, port: server.port })
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`)
  const seconds = cpuSeconds(server.process) - before
  return { ...result, microsecondsOfCpu: (seconds * 1e6) / result.answered }
}

/**
 * Ours beside the bare server's, round by round. Requests per second are what the issue of speed is about; CPU time per request tells
 * the same on a machine whose processors others use too, where seconds do not.
 */
class Comparison {
  readonly #name: string
  readonly #perSecond: number[] = []
  readonly #cpu: number[] = []

  constructor(name: string) {
    this.#name = name
  }

  add(ours: Measured, bare: Measured): void {
    this.#perSecond.push(ours.perSecond / bare.perSecond)
    this.#cpu.push(bare.microsecondsOfCpu / ours.microsecondsOfCpu)
    const show = ({ perSecond, microsecondsOfCpu }: Measured) =>
      `${Math.round(perSecond)}/s, ${Math.round(microsecondsOfCpu)} µs of CPU`
    console.log(`  ${this.#name}: ${show(ours)}; bare node:http ${show(bare)}`)
  }

  conclude(): void {
    const [perSecond, cpu] = [this.#perSecond, this.#cpu].map(ratios => median(ratios).toFixed(2))
    console.log(`  median ratio: ${perSecond} of its requests per second, ${cpu} by CPU time`)
  }
}

/** A data folder with many users, keys and devices, written straight into the store. */
async function seed(data: string): Promise<Device[]> {
  const config = readConfig(
    ['--data', data, '--listen', '127.0.0.1:0', '--account-id', ACCOUNT],
    {},
  )
  await (await open(config))[Symbol.asyncDispose]()

  const random = pooledRandom()
  await using store = await openSqlite(join(data, 'twinlock.sqlite'))
  const master = readMasterKey(config.masterKeyFile, false, random)
  const keyring = await loadKeyring(store, master, random, new Date())
  const now = Date.now()
  const devices: Device[] = []
  await store.transaction(async tx => {
    for (let index = 0; index < USERS; index++) {
      const userId = newUniqueId('AIDA', ACCOUNT, random)
      const userName = `user-${index}`
      await tx
        .insertInto('user')
        .values({
          accountId: ACCOUNT,
          userId,
          userName,
          userNameKey: userName,
          path: '/',
          createDate: now,
        })
        .execute()
      if (index >= USERS_WITH_DEVICES) continue
      const accessKeyId = newUniqueId('AKIA', ACCOUNT, random)
      const secretAccessKey = newSecretAccessKey(random)
      await tx
        .insertInto('accessKey')
        .values({
          accountId: ACCOUNT,
          accessKeyId,
          principalId: userId,
          sealedSecret: keyring.seal(
            'secret-access-key',
            Buffer.from(secretAccessKey),
            accessKeyId,
          ),
          status: 'Active',
          createDate: now,
        })
        .execute()
      for (let device = 0; device < DEVICES_EACH; device++) {
        const deviceName = `${userName}-${device}`
        const serialNumber = mfaArn(ACCOUNT, '/', deviceName)
        const seedBytes = Buffer.from(decodeBase32(newTotpSeed()))
        await tx
          .insertInto('mfaDevice')
          .values({
            accountId: ACCOUNT,
            serialNumber,
            kind: 'virtual',
            path: '/',
            deviceName,
            sealedSeed: keyring.seal('totp-seed', seedBytes, serialNumber),
            createDate: now,
            principalId: userId,
            enableDate: now,
          })
          .execute()
        devices.push({ signer: { accessKeyId, secretAccessKey }, serialNumber, seed: seedBytes })
      }
    }
  })
  return devices
}

/** Four codes of each device, the oldest first: all still good when they arrive. */
function codesOf(devices: readonly Device[], host: string): Buffer[] {
  const now = new Date()
  const step = Math.floor(now.getTime() / 30_000)
  return [-1, 0, 1, 2].flatMap(offset =>
    devices.map(({ signer, serialNumber, seed: seedBytes }) => {
      const code = totpCode(totpSecret(seedBytes), step + offset)
      const body = `Action=GetSessionToken&Version=2011-06-15&SerialNumber=${encodeURIComponent(serialNumber)}&TokenCode=${code}`
      return signedRequest(signer, host, body, now)
    }),
  )
}

async function sessionOf(device: Device, port: number, host: string): Promise<Signer> {
  const body = 'Action=GetSessionToken&Version=2011-06-15'
  const text = await exchange(port, signedRequest(device.signer, host, body, new Date()))
  const member = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? ''
  return {
    accessKeyId: member('AccessKeyId'),
    secretAccessKey: member('SecretAccessKey'),
    sessionToken: member('SessionToken'),
  }
}

async function exchange(port: number, request: Buffer): Promise<string> {
  const { connect } = await import('node:net')
  return new Promise((answered, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.on('error', failed)
    socket.on('data', chunk => {
      text += chunk.toString()
      if (!text.includes('Response>')) return
      socket.destroy()
      answered(text)
    })
  })
}

const answerBytes = async (port: number, request: Buffer) =>
  (await exchange(port, request)).split('\r\n\r\n')[1]?.length ?? 0

async function startServer(data: string) {
  const main = resolve(import.meta.dirname, '../../cli/bin/twinlock.js')
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=8',
      '--heap-growing-percent=30',
      main,
      'start',
      '--data',
      data,
      '--listen',
      '127.0.0.1:0',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const line = await lineOf(child, /http:\/\/127\.0\.0\.1:(\d+)/)
  return { process: child, port: Number(line) }
}

async function startBare(bytes: number) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'bare-server.ts'), String(bytes)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  return { process: child, port: Number(await lineOf(child, /(\d+)/)) }
}

function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const match = pattern.exec(text)?.[1]
      if (match !== undefined) found(match)
    })
    child.once('exit', () => failed(new Error(`ended early: ${text}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function residentMegabytes({ pid }: ChildProcess, what: 'VmRSS' | 'RssFile'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

/** Ticks of 10 ms that the process has run, as seconds. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

if (import.meta.main) await bench()
