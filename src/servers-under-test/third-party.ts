// Servers that nobody here wrote: found on this machine or not, and how each is started.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProtocolName } from './catalogue-entry.ts'

/** The Python files are not built: from the build, they are three folders up. */
const SOURCES = import.meta.url.endsWith('.ts')
  ? import.meta.url
  : new URL('../../../src/servers-under-test/', import.meta.url)

/** A program that serves a protocol. */
export interface ThirdParty {
  readonly name: string
  readonly protocol: ProtocolName
  /** Why it cannot be run here. */
  readonly missing: string | undefined
  /** Program and arguments for a server on this port. */
  readonly run: (port: number) => [program: string, ...args: string[]]
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
  // It serves 100 clients at once unless told otherwise.
  run: (port) => ['ncat', '-l', '-k', '-m', '1000', '-e', '/bin/cat', '127.0.0.1', `${port}`],
}

/** Right ones in Python, and the one of them that serves one client at a time. */
export const asyncioEcho = python('asyncio streams', 'asyncio_echo.py')
export const threadingEcho = python('socketserver.ThreadingTCPServer', 'threading_echo.py')
export const tinySendBuffer = python('a server with a tiny send buffer', 'tiny_send_buffer.py')
export const pythonFrames = python('the frame server in Python', 'frame_server.py', 'frame')
export const blockingEcho = python('blocking calls in Python', 'blocking_echo.py')
/** Right as long as it is not started again. */
export const noReuseEcho = python('a server without SO_REUSEADDR', 'no_reuse_echo.py')
/** Node ignores SIGPIPE, so that no server of ours dies of it. */
export const sigpipeEcho = python('a server that SIGPIPE ends', 'sigpipe_echo.py')
/** With descriptors for some forty clients: one that accepts nobody any more when there are more, and one that does later. */
export const endsAtEmfile = fewDescriptors('a server whose listener EMFILE ends', 'ends')
export const waitsAtEmfile = fewDescriptors('a server that bears EMFILE', 'waits')

function fewDescriptors(name: string, then: 'ends' | 'waits'): ThirdParty {
  const server = python(name, 'few_descriptors_echo.py')
  return { ...server, run: (port) => [...server.run(port), then] }
}

function python(name: string, file: string, protocol: ProtocolName = 'echo'): ThirdParty {
  const path = fileURLToPath(new URL(`python/${file}`, SOURCES))
  return {
    name,
    protocol,
    missing: missing('python3', ['--version'], 'python3'),
    run: (port) => ['python3', path, `${port}`],
  }
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
