// What happened at the demo's company from its first day to this one, in order.
import { CreatePolicyVersionCommand, DeleteAccessKeyCommand } from '@aws-sdk/client-iam'
import type { MfaRequirementSetting } from '@twinlock/server/console-api'
import { COMPANY, MFA_AT_SIGN_IN, POLICIES, REQUIRE_MFA } from './company.ts'
import { seedOf } from './devices.ts'
import { readDocument } from './documents.ts'
import { enrol } from './enrol.ts'
import type { Happening } from './happening.ts'
import { on } from './happening.ts'
import { pastOfUser } from './past-of-user.ts'
import { ANA, USERS } from './people.ts'
import { CODE_DEVICES, ROOT_TOKEN } from './public-secrets.ts'
import { ROOT, personOf, signIn } from './sign-in.ts'
import type { World } from './world.ts'

export const PAST: readonly Happening[] = [
  ...on(COMPANY.founded, rootEnrols),
  ...USERS.flatMap(pastOfUser),
  ...on(POLICIES.RequireMfa.secondVersion, closeTheHole),
  ...on(MFA_AT_SIGN_IN.offered, world => ask(world, { Mode: 'prompt' })),
  ...on(MFA_AT_SIGN_IN.announced, world =>
    ask(world, { Mode: 'require', By: daysLater(world, MFA_AT_SIGN_IN) }),
  ),
  // An hour ago.
  ...on(0.04, dropRootKey),
].toSorted((a, b) => b.daysAgo - a.daysAgo)

/** Root imports the hardware tokens, and keeps one. */
async function rootEnrols(world: World): Promise<void> {
  const browser = await signIn(world, ROOT)
  await browser.call('signin:ImportHardwareTokens', { Format: 'CSV', Document: tokenFile() })
  await enrol(world, browser, ROOT_TOKEN, 'root')
}

/** The seeds as a vendor would deliver them. */
function tokenFile(): string {
  const lines = CODE_DEVICES.flatMap(({ holder, device }) =>
    device.kind === 'token'
      ? [[device.serialNumber, seedOf(holder), device.digits, device.periodSeconds].join(',')]
      : [],
  )
  return ['serial,seed base32,digits,period', ...lines].join('\n')
}

function closeTheHole({ iam }: World): Promise<unknown> {
  const PolicyDocument = readDocument('RequireMfa', 2)
  return iam().send(
    new CreatePolicyVersionCommand({ PolicyArn: REQUIRE_MFA, PolicyDocument, SetAsDefault: true }),
  )
}

async function ask(world: World, setting: MfaRequirementSetting): Promise<void> {
  const browser = await signIn(world, personOf(ANA))
  await browser.call('signin:PutMFARequirement', setting)
}

function daysLater({ clock }: World, { announced, required }: typeof MFA_AT_SIGN_IN): string {
  const day = new Date(clock.now())
  day.setUTCDate(day.getUTCDate() + announced - required)
  return day.toISOString()
}

/** Users administer by now: nobody needs a key that may do everything and never asks for MFA. */
function dropRootKey({ iam, root }: World): Promise<unknown> {
  return iam().send(new DeleteAccessKeyCommand({ AccessKeyId: root.accessKeyId }))
}
