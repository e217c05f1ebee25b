// Servers that nobody here wrote: found on this machine or not, and how each is started.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { drawn } from '../protocols/drawn.ts'
import { echo } from '../protocols/echo.ts'
import { makePayload } from '../protocols/payload.ts'
import type { ServerUnderTest } from './hold.ts'

export interface ThirdParty extends ServerUnderTest {
  /** Why it cannot be tested here; part of the test's title. */
  readonly missing: string | undefined
}

export const socat: ThirdParty = {
  name: 'socat',
  protocol: 'echo',
  missing: missing('socat', ['-V'], 'socat'),
  run: (port) => ['socat', `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,backlog=1024`, 'EXEC:cat'],
}

export const xinetd: ThirdParty = {
  name: 'xinetd',
  protocol: 'echo',
  missing: missing('xinetd', ['-version'], 'xinetd'),
  run: (port) => ['xinetd', '-dontfork', '-f', xinetdConfig(port), '-pidfile', join(scratch(), 'pid')],
}

export const ncat: ThirdParty & { readonly version: string } = {
  name: 'ncat',
  protocol: 'echo',
  missing: missing('ncat', ['--version'], 'ncat'),
  version: /Version (\S+)/.exec(said('ncat', ['--version']))?.[1] ?? '',
  // Beyond what fits into the pipes it now and then stops for good, waiting for its program, which waits for it: another
  // bug, and no steady one. So it is told less.
  as: { ...echo, frames: drawn((chance) => makePayload(chance, chance.nextInt(1, 2_000))) },
  // It serves 100 clients at once unless told otherwise.
  run: (port) => ['ncat', '-l', '-k', '-m', '1000', '-e', '/bin/cat', '127.0.0.1', `${port}`],
}

function missing(program: string, args: readonly string[], debian: string): string | undefined {
  const { error } = spawnSync(program, args)
  return error === undefined ? undefined : `${program} is not installed: apt-get install ${debian}`
}

function said(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return `${stdout}${stderr}`
}

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'tornwire-xinetd-'))
}

/** Limits so high that none is met: xinetd stops serving for ten seconds after 50 connections in one. */
function xinetdConfig(port: number): string {
  const path = join(scratch(), 'xinetd.conf')
  writeFileSync(
    path,
    `service echo
{
  type = INTERNAL UNLISTED
  id = echo-stream
  socket_type = stream
  protocol = tcp
  user = ${userInfo().username}
  wait = no
  bind = 127.0.0.1
  port = ${port}
  instances = UNLIMITED
  per_source = UNLIMITED
  cps = 1000000 1
  disable = no
}
`,
  )
  return path
}
