'use strict';

// A bcoin full node on a private regtest chain. Its orders come as lines of JSON on standard input, one answer for each on
// standard output; the first line holds the settings. It ends when standard input ends, so it never outlives the test.
process.env.NODE_BACKEND = 'js';
const {createHash} = require('crypto');
const networks = require('bcoin/lib/protocol/networks');
const consensus = require('bcoin/lib/protocol/consensus');
const Network = require('bcoin/lib/protocol/network');
const Script = require('bcoin/lib/script/script');
const Witness = require('bcoin/lib/script/witness');
const {opcodes} = require('bcoin/lib/script/common');

let node, settings;
const owners = new Map(); // the hexadecimal script of an output -> the key that signs for it
let plan = {branch: 0, txs: null, script: null};

function open(given) {
  settings = given;
  const regtest = networks.regtest;
  if (settings.mainnetPrefixes) {
    regtest.addressPrefix = networks.main.addressPrefix;
    regtest.keyPrefix = networks.main.keyPrefix;
  } else {
    Object.assign(regtest.addressPrefix, {pubkeyhash: 0x6f, scripthash: 0xc4, bech32: 'bcrt'});
    regtest.keyPrefix.privkey = 0xef;
  }

  // 50 coins for every block, however long the test's chain is.
  regtest.halvingInterval = 210000;
  Network.set('regtest');

  // Whatever the consensus allows may wait for a block.
  Script.flags.STANDARD_VERIFY_FLAGS = Script.flags.MANDATORY_VERIFY_FLAGS | Script.flags.VERIFY_WITNESS;
  const FullNode = require('bcoin/lib/node/fullnode');
  node = new FullNode({
    network: 'regtest', memory: settings.folder === null, prefix: settings.folder || 'unused', indexTx: true, indexAddress: true,
    apiKey: settings.password, httpHost: '127.0.0.1', httpPort: settings.port,
    listen: true, host: '127.0.0.1', port: settings.peerPort, noDns: true, maxOutbound: 1, only: ['127.0.0.1:1'], workers: false, logLevel: 'none', argv: false, env: false, config: false,
    requireStandard: false, limitFree: false, rejectAbsurdFees: false,
  });
  Object.assign(node.mempool.options, {relayPriority: false, maxAncestors: 1e6, prematureWitness: false});
  node.on('error', error => process.stderr.write(`${error.stack}\n`));
  node.miner.assemble = assemble;
  return (node.ensure ? node.ensure() : Promise.resolve()).then(() => node.open()).then(() => node.pool.listen()).then(() => ({height: node.chain.height}));
}

// Fills a block template: all that waits, in the order of its coming, and nothing that depends on chance or the clock.
function assemble(attempt) {
  const {branch, txs, script} = plan;
  const chosen = txs || [...node.mempool.map.values()].map(entry => ({tx: entry.tx, fee: entry.fee}));
  attempt.items = chosen;
  attempt.fees = chosen.reduce((sum, item) => sum + item.fee, 0);
  attempt.time = settings.firstBlockTime + (attempt.height - 1) * settings.secondsPerBlock;
  attempt.coinbaseFlags = Buffer.from(`test chain ${branch}`, 'ascii');
  const create = attempt.createCoinbase;
  attempt.createCoinbase = hash => {
    const coinbase = create.call(attempt, hash);
    coinbase.inputs[0].script.setData(2, Buffer.alloc(4));
    coinbase.inputs[0].script.compile();
    coinbase.outputs[0].script = script;
    coinbase.refresh();
    return coinbase;
  };
  attempt.refresh();
}

async function mineOn(tip) {
  const job = await node.miner.cpu.createJob(tip);
  const block = await job.mineAsync();
  const entry = await node.chain.add(block);
  if (!entry)
    throw new Error('the node did not take the block');
  return {block, entry};
}

function ringOf(name) {
  const KeyRing = require('bcoin/lib/primitives/keyring');
  return KeyRing.fromPrivate(createHash('sha256').update(`chainwatch test key ${name}`).digest(), true);
}

function claim(script, ring, address) {
  owners.set(script.toRaw().toString('hex'), ring);
  return address ? address.toString() : `script:${script.toRaw().toString('hex')}`;
}

// The output of a key, as an address where it has one.
function own({name, kind}) {
  const ring = ringOf(name);
  if (kind === 'PublicKey')
    return claim(Script.fromPubkey(ring.publicKey), ring);
  if (kind === 'Multisig')
    return claim(Script.fromMultisig(1, 2, [ring.publicKey, ringOf(`${name} second`).publicKey]), ring);
  if (kind === 'SegwitScript')
    ring.script = Script.fromPubkey(ring.publicKey);
  ring.witness = kind !== 'Legacy';
  ring.nested = kind === 'Nested';
  ring.refresh();
  return claim(Script.fromAddress(ring.getAddress()), ring, ring.getAddress());
}

function scriptOf(to) {
  if (to.startsWith('script:'))
    return Script.fromRaw(to.slice(7), 'hex');
  const program = laterProgram(to);
  return program || Script.fromAddress(to);
}

// Addresses of witness version 1 and later have another checksum, which bcoin 1.0.2 does not know (BIP 350).
function laterProgram(text) {
  const prefix = networks.regtest.addressPrefix.bech32;
  const lower = text.toLowerCase();
  if (!lower.startsWith(`${prefix}1`) || lower[prefix.length + 1] === 'q')
    return null;
  const digits = [...lower.slice(prefix.length + 1)].map(c => 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(c));
  const expanded = [...[...prefix].map(c => c.charCodeAt(0) >> 5), 0, ...[...prefix].map(c => c.charCodeAt(0) & 31), ...digits];
  let sum = 1;
  for (const digit of expanded) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ digit;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((part, bit) => { if ((top >> bit) & 1) sum ^= part; });
  }
  if (digits.includes(-1) || sum !== 0x2bc830a3)
    throw new Error(`${text} is no address of witness version 1 or later`);
  const bytes = [];
  let held = 0, bits = 0;
  for (const digit of digits.slice(1, -6)) {
    held = (held << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Script.fromRaw(Buffer.from([opcodes.OP_1 + digits[0] - 1, bytes.length, ...bytes]));
}

// Builds and signs; inputs and outputs stay in the order given.
async function build({inputs, outputs}, built) {
  const MTX = require('bcoin/lib/primitives/mtx');
  const Coin = require('bcoin/lib/primitives/coin');
  const made = new MTX();
  for (const {to, satoshis} of outputs)
    made.addOutput(scriptOf(to), satoshis);
  const coins = [];
  for (const {tx, index} of inputs) {
    const hash = Buffer.from(tx, 'hex').reverse().toString('hex');
    const source = built.get(hash) || node.mempool.getTX(hash) || await node.chain.getTX(hash);
    if (!source || index >= source.outputs.length)
      throw new Error(`there is no output ${index} of ${tx}`);
    const coin = Coin.fromTX(source, index, -1);
    coins.push(coin);
    made.addCoin(coin);
  }
  coins.forEach((coin, index) => sign(made, index, coin));
  const fee = coins.reduce((sum, coin) => sum + coin.value, 0) - outputs.reduce((sum, output) => sum + output.satoshis, 0);
  const tx = made.toTX();
  built.set(tx.hash('hex'), tx);
  return {tx, fee};
}

function sign(made, index, coin) {
  const ring = owners.get(coin.script.toRaw().toString('hex'));
  if (ring) {
    if (!made.scriptInput(index, coin, ring) || !made.signInput(index, coin, ring, Script.hashType.ALL))
      throw new Error(`input ${index} cannot be signed`);
  } else if (coin.script.isProgram() && coin.script.getInt(0) > 0) {
    // This node knows no rules of later witness versions, so any witness does; this one has the form of a key's signature.
    made.inputs[index].witness = new Witness([Buffer.alloc(64, 1)]);
  }
}

async function spend(wanted) {
  const {tx} = await build(wanted, new Map());
  const missing = await node.mempool.addTX(tx);
  if (missing)
    throw new Error(`outputs are missing or spent: ${missing.map(hash => Buffer.from(hash, 'hex').reverse().toString('hex'))}`);
  return tx.txid();
}

async function mine({count, to, branch}) {
  plan = {branch, txs: null, script: scriptOf(to)};
  let last;
  for (let i = 0; i < count; i++)
    last = await mineOn(node.chain.tip);
  return last.block.txs[0].txid();
}

// A competing branch, one block longer than what it replaces; the transactions given are in its first block.
async function reorg({depth, to, branch, spends}) {
  if (depth < 1 || depth > node.chain.height)
    throw new Error(`a depth of ${depth} at height ${node.chain.height}`);
  const built = new Map();
  const items = [];
  for (const wanted of spends)
    items.push(await build(wanted, built));

  // An empty mempool takes nothing back from the blocks that go.
  await node.mempool.reset();
  let tip = await node.chain.getEntryByHeight(node.chain.height - depth);
  for (let i = 0; i <= depth; i++) {
    plan = {branch, txs: i === 0 ? items : [], script: scriptOf(to)};
    tip = (await mineOn(tip)).entry;
  }
  if (node.chain.tip.hash !== tip.hash)
    throw new Error('the branch did not win');
  await node.mempool.reset();
  return items.map(({tx}) => tx.txid());
}

async function spentOutputs({height}) {
  const hash = await node.chain.getHash(height);
  const block = await node.chain.getBlock(hash);
  const coins = (await node.chain.db.getUndoCoins(hash)).items;
  let next = 0;
  return block.txs.slice(1).map(tx => tx.inputs.map(() => {
    const coin = coins[next++];
    return {value: coin.output.value, scriptHex: coin.output.script.toRaw().toString('hex'), height: coin.height, coinbase: coin.coinbase};
  }));
}

const orders = {
  open, own, spend, mine, reorg, spentOutputs,
  script: ({to}) => scriptOf(to).toRaw().toString('hex'),
  close: () => node.close(),
};
let turn = Promise.resolve();
require('readline').createInterface({input: process.stdin}).on('line', line => {
  turn = turn.then(async () => {
    let answer;
    try {
      const {order, ...details} = JSON.parse(line);
      answer = {result: await orders[order](details) || null};
    } catch (error) {
      answer = {error: error.reason ? `${error.reason}` : `${error.message}`};
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
}).on('close', () => turn.then(() => process.exit(0)));
