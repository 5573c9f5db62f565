#!/usr/bin/env python3
"""Follows value through a chain of outputs, in plain Python: the rules written once more, and the yardstick for speed.

    cargo run --release -p interdict-ledger --example trace_speed -- --txs 20000000 --write FOLDER
    python3 crates/interdict-ledger/benches/peers/taint_oracle.py FOLDER poison haircut

Reads what the example wrote (`seeds.txt`, `stops.txt`, `chain.bin`: u32 numbers of inputs and outputs, then u64 inputs, then u64 values and
u64 addresses, for each transaction) and prints, for each strategy, seconds of walking, how many outputs hold tainted value, and a digest of all of it
that equals the example's. No package is needed.
"""
import array
import hashlib
import sys
import time


def load(folder):
    numbers = array.array("Q")
    with open(f"{folder}/chain.bin", "rb") as file:
        numbers.frombytes(file.read())
    seeds = [int(line) for line in open(f"{folder}/seeds.txt")]
    stops = {int(line) for line in open(f"{folder}/stops.txt")}
    return numbers, seeds, stops


def haircut(amount, parts, whole):
    shares = [amount * part // whole for part in parts]
    left = amount - sum(shares)
    if left:
        order = sorted(range(len(parts)), key=lambda place: -(amount * parts[place] % whole))
        for place in order[:left]:
            shares[place] += 1
    return shares


def walk(numbers, seeds, stops, strategy):
    seeds = set(seeds)
    values = array.array("Q")
    taint = {}
    ended = []
    fees = superseded = 0
    at, end = 0, len(numbers)
    while at < end:
        n_in, n_out = numbers[at], numbers[at + 1]
        inputs = numbers[at + 2 : at + 2 + n_in]
        outputs = numbers[at + 2 + n_in : at + 2 + n_in + n_out]
        addresses = numbers[at + 2 + n_in + n_out : at + 2 + n_in + 2 * n_out]
        at += 2 + n_in + 2 * n_out
        first = len(values)
        values.extend(outputs)
        amount = 0
        for spent in inputs:
            amount += taint.pop(spent, 0)
        if amount:
            fee = sum(values[spent] for spent in inputs) - sum(outputs)
            parts = list(outputs) + [fee]
            if strategy == "poison":
                shares = parts
            elif strategy == "haircut":
                shares = haircut(amount, parts, sum(parts))
            else:
                sys.exit(f"{strategy}: this oracle knows poison and haircut")
            fees += shares[-1]
            for place in range(n_out):
                share, output = shares[place], first + place
                if not share:
                    continue
                if output in seeds:
                    superseded += share
                elif addresses[place] in stops:
                    ended.append((output, share))
                else:
                    taint[output] = share
        for place in range(n_out):
            if first + place in seeds and outputs[place]:
                taint[first + place] = outputs[place]
    return taint, ended, fees, superseded


def digest(taint, ended, fees, superseded):
    hasher = hashlib.sha256()
    for output in sorted(taint):
        hasher.update(output.to_bytes(8, "little") + taint[output].to_bytes(8, "little"))
    for output, amount in sorted(ended):
        hasher.update(b"s" + output.to_bytes(8, "little") + amount.to_bytes(8, "little"))
    hasher.update(fees.to_bytes(16, "little") + superseded.to_bytes(16, "little"))
    return hasher.hexdigest()[:16]


def main():
    folder, strategies = sys.argv[1], sys.argv[2:] or ["poison", "haircut"]
    numbers, seeds, stops = load(folder)
    for strategy in strategies:
        began = time.process_time()
        result = walk(numbers, seeds, stops, strategy)
        seconds = time.process_time() - began
        print(f"{strategy} {seconds:.2f} s, {len(result[0])} outputs, digest {digest(*result)}", flush=True)


main()
