// The bare node:net client, with no harness: --port=N [--n=4000] [--conc=1] [--warm=2000]
//   --onread       read into one buffer a slot, and not through 'data' events
//   --reuse        connect the same net.Socket again when it has closed
//   --next=close   begin the next conversation on 'close', and not inside the read callback

import net from 'node:net'
import { buildFrame, check, FRAMES, LONGEST, options } from './lib.mjs'

const asked = options()
const port = Number(asked.port)
const count = Number(asked.n ?? 4000)
const warmUp = Number(asked.warm ?? 2000)
const slots = Array.from({ length: Number(asked.conc ?? 1) }, () => new Slot())
const onClose = asked.next === 'close'

let fails = 0
let started = 0
let done = 0
let total = 0
let finished

/** One conversation after another, with one buffer to send from and one to receive into. */
function Slot() {
  this.out = Buffer.alloc(FRAMES * LONGEST + 8)
  this.in = Buffer.alloc(FRAMES * LONGEST + 8)
  this.length = 0
  this.received = 0
  this.socket = null
  this.readBuffer = asked.onread ? Buffer.alloc(65536) : null
}

Slot.prototype.start = function () {
  let end = 0
  for (let i = 0; i < FRAMES; i++) end = buildFrame(this.out, end)
  this.length = end
  this.received = 0
  const how = { port, host: '127.0.0.1' }
  if (asked.onread) {
    const callback = (size, buffer) => {
      this.data(buffer, size)
      return true
    }
    how.onread = { buffer: this.readBuffer, callback }
  }
  if (asked.reuse && this.socket) {
    this.socket.over = false
    this.socket.connect(how)
  } else this.open(how)
  this.socket.write(this.out.subarray(0, this.length))
}

Slot.prototype.open = function (how) {
  const socket = net.connect(how)
  this.socket = socket
  socket.on('error', (error) => {
    if (socket.over) return
    fails++
    if (fails < 4) console.error(String(error))
    socket.over = true
    if (!onClose) this.end()
  })
  if (!asked.onread) socket.on('data', (data) => this.data(data, data.length))
  if (onClose) socket.on('close', () => this.end())
}

Slot.prototype.data = function (data, size) {
  if (this.received + size > this.length) {
    fails++
    return this.finish()
  }
  data.copy(this.in, this.received, 0, size)
  this.received += size
  if (this.received < this.length) return
  if (check(this.in, this.out, this.length) !== FRAMES) fails++
  this.finish()
}

Slot.prototype.finish = function () {
  this.socket.over = true
  this.socket.destroy()
  if (!onClose) this.end()
}

Slot.prototype.end = function () {
  done++
  if (started < total) {
    started++
    this.start()
  } else if (done === total) finished()
}

function run(conversations) {
  return new Promise((resolve) => {
    finished = resolve
    total = conversations
    started = 0
    done = 0
    for (const slot of slots) {
      if (started === total) break
      started++
      slot.start()
    }
  })
}

setTimeout(() => {
  console.error('timeout')
  process.exit(3)
}, 60_000).unref()
if (warmUp > 0) await run(warmUp)
const began = process.hrtime.bigint()
const cpu = process.cpuUsage()
await run(count)
const seconds = Number(process.hrtime.bigint() - began) / 1e9
const { user, system } = process.cpuUsage(cpu)
console.log(JSON.stringify({ n: count, s: seconds, cps: count / seconds, fails, cpuUserUs: user, cpuSysUs: system }))
