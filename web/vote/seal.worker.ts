import type { DeskReply, DeskRequest } from './desk-messages.ts'
import { openSealingDesk, type SealingDesk } from './sealing-desk.ts'

// Listens before the desk is ready: what comes meanwhile waits for it.
const desk = openSealingDesk()

addEventListener('message', async ({ data }: MessageEvent<DeskRequest>) => {
  postMessage(await answer(data))
})

async function answer(request: DeskRequest): Promise<DeskReply> {
  try {
    return { id: request.id, value: await perform(await desk, request) }
  } catch {
    return { id: request.id, failed: true }
  }
}

function perform(opened: SealingDesk, request: DeskRequest) {
  switch (request.deed) {
    case 'open':
      return opened.open(...request.given)
    case 'isListed':
      return opened.isListed(...request.given)
    case 'seal':
      return opened.seal(...request.given)
    case 'prove':
      return opened.prove(...request.given)
  }
}
