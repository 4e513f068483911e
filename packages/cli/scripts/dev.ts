// `npm run dev`: a server on ./data-dev with people in it: ana administers and has an authenticator app, ben develops and has none yet.
// Their keys and ana's seed are printed, and kept in ./data-dev/people.json for the next start.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import { open, readConfig } from '@twinlock/server'
import type { Twinlock } from '@twinlock/server'

const DATA = 'data-dev'
const PEOPLE = `${DATA}/people.json`

type Person = {
  readonly UserName: string
  readonly AccessKeyId: string | undefined
  readonly SecretAccessKey: string | undefined
  /** Base32, for `twinlock authenticator add`. */
  readonly seed?: string
}

async function makePeople({ endpoint, made }: Twinlock): Promise<Person[]> {
  if (made === undefined) return []
  const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: made })
  await iam.send(new CreateGroupCommand({ GroupName: 'administrators' }))
  await iam.send(
    new AttachGroupPolicyCommand({
      GroupName: 'administrators',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  )
  const people = [await makePerson(iam, 'ana'), await makePerson(iam, 'ben')]
  await iam.send(new AddUserToGroupCommand({ GroupName: 'administrators', UserName: 'ana' }))
  const seed = await enrol(iam, 'ana')
  iam.destroy()
  return people.map(person => (person.UserName === 'ana' ? { ...person, seed } : person))
}

async function makePerson(iam: IAMClient, UserName: string): Promise<Person> {
  await iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    UserName,
    AccessKeyId: AccessKey?.AccessKeyId,
    SecretAccessKey: AccessKey?.SecretAccessKey,
  }
}

/** Enrols an authenticator app for the user and returns its seed. */
async function enrol(iam: IAMClient, UserName: string): Promise<string> {
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName }),
  )
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString()
  const secret = totpSecret(decodeBase32(seed))
  const step = timeStep(Date.now() / 1000)
  await iam.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1: totpCode(secret, step - 1),
      AuthenticationCode2: totpCode(secret, step),
    }),
  )
  return seed
}

await using twinlock = await open(readConfig(['--data', DATA], process.env))
if (!existsSync(PEOPLE)) {
  writeFileSync(PEOPLE, `${JSON.stringify(await makePeople(twinlock), null, 2)}\n`, { mode: 0o600 })
}
console.log(`Twinlock answers for account ${twinlock.account} on ${twinlock.endpoint}`)
console.log(readFileSync(PEOPLE, 'utf8'))
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
