// The least that anyone has to do to count a file: read it and parse its integers, nothing else. The baseline of
// bench/count.ts: node bench/read-integers.ts FILE
import { createReadStream } from 'node:fs'

let sum = 0
let number = 0
for await (const bytes of createReadStream(process.argv[2]!, {
  highWaterMark: 1 << 20,
}) as AsyncIterable<Buffer>) {
  for (let at = 0; at < bytes.length; at++) {
    const digit = bytes[at]! - 0x30
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
    else {
      sum += number
      number = 0
    }
  }
}
process.stdout.write(`${sum}\n`)
