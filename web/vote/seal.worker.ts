import { loadGroup } from '../../src/sealing/group-sodium.ts'

await loadGroup({ backend: 'libsodium-sumo' })
