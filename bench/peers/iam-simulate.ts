// @cloud-copilot/iam-simulate (AGPL-3.0) as a black box: its documented functions without and with
// validation, and the function beneath them, which takes policies and requests prepared once.
// What it exports is typed here as far as it is used, so that nothing of it is needed to check this.
import { ACCOUNT, type Case, DOCUMENTS, USER } from '../../packages/policy/bench/cases.ts'
import type { Peer } from './peer.ts'

type Result = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied'

type IamSimulate = {
  runUnsafeSimulation: (simulation: object, options: object) => Result
}

const DECISIONS = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
} as const

/** Without levels of an organization it denies everything, so there is one that allows everything. */
const FULL_ACCESS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

/** As documented: `runUnsafeSimulation`, which does not validate. */
export async function unsafeSimulation(): Promise<Peer> {
  const { runUnsafeSimulation } = await load<IamSimulate>('@cloud-copilot/iam-simulate')
  return {
    name: 'iam-simulate, runUnsafeSimulation',
    prepare: one => {
      const simulation = simulationOf(one)
      return () => DECISIONS[runUnsafeSimulation(simulation, {})]
    },
  }
}

/** Beneath it, and not documented: `authorize`, with everything that can be prepared prepared. */
export async function preparedAuthorize(): Promise<Peer> {
  const { authorize } = await loadInner<{ authorize: (request: object) => { result: Result } }>(
    'core_engine/CoreSimulatorEngine.js',
  )
  const { AwsRequestImpl } = await loadInner<{ AwsRequestImpl: Constructor }>('request/request.js')
  const { RequestContextImpl } = await loadInner<{ RequestContextImpl: Constructor }>(
    'requestContext.js',
  )
  const { DiscoveryContextKeyConstraints } = await loadInner<{
    DiscoveryContextKeyConstraints: Constructor
  }>('context_keys/discoveryContextKeyConstraints.js')
  const { loadPolicy } = await load<{ loadPolicy: (document: object, metadata: object) => object }>(
    '@cloud-copilot/iam-policy',
  )

  const fullAccess = [
    { orgIdentifier: 'o-bench', policies: [loadPolicy(FULL_ACCESS, { name: 'FullAWSAccess' })] },
  ]
  const rcpDocument = {
    ...FULL_ACCESS,
    Statement: FULL_ACCESS.Statement.map(statement => ({ ...statement, Principal: '*' })),
  }
  const rcps = [
    { orgIdentifier: 'o-bench', policies: [loadPolicy(rcpDocument, { name: 'RCPFullAWSAccess' })] },
  ]
  const identityPolicies = Object.entries(DOCUMENTS).map(([name, document]) =>
    loadPolicy(document, { name }),
  )
  return {
    name: 'iam-simulate, authorize beneath it, prepared',
    prepare: ({ action, resource, context }) => {
      const request = {
        request: new AwsRequestImpl(
          USER,
          { resource, accountId: ACCOUNT },
          action,
          new RequestContextImpl({ ...context }),
        ),
        sessionPolicy: undefined,
        identityPolicies,
        serviceControlPolicies: fullAccess,
        resourceControlPolicies: rcps,
        resourcePolicy: undefined,
        permissionBoundaries: undefined,
        vpcEndpointPolicies: undefined,
        simulationParameters: {
          simulationMode: 'Strict',
          discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints(),
        },
      }
      return () => DECISIONS[authorize(request).result]
    },
  }
}

function simulationOf({ action, resource, context }: Case) {
  return {
    request: {
      principal: USER,
      action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: { ...context },
    },
    identityPolicies: Object.entries(DOCUMENTS).map(([name, policy]) => ({ name, policy })),
    serviceControlPolicies: [
      { orgIdentifier: 'o-bench', policies: [{ name: 'FullAWSAccess', policy: FULL_ACCESS }] },
    ],
    resourceControlPolicies: [],
  }
}

type Constructor = new (...args: readonly unknown[]) => object

/** The name is no literal: what is installed for the benchmark alone is nobody's dependency. */
async function load<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module
}

/** A file of the package that it does not export. */
function loadInner<Module>(path: string): Promise<Module> {
  return load<Module>(new URL(path, import.meta.resolve('@cloud-copilot/iam-simulate')).href)
}
