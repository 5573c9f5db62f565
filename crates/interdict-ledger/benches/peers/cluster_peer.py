"""Side by side: clustering by `cluster_speed` and by graphsense-clustering on the same inputs, in turns, pinned to one core.

    pip install graphsense-clustering numpy
    cargo build --release -p interdict-ledger --example cluster_speed
    target/release/examples/cluster_speed --write FOLDER --times 1
    taskset -c 0 python crates/interdict-ledger/benches/peers/cluster_peer.py target/release/examples/cluster_speed FOLDER 35000000

Each program is given all inputs in memory in the form that it likes best (the peer an Arrow list array) before time is taken. Time is
taken from nothing to the cluster of every address. Seconds on the processor are told besides those of the clock, as they say more on
a machine that does other things too. The digests have to be the same.
"""

import hashlib
import re
import statistics
import subprocess
import sys
import time


def peer(folder, addresses, mapping):
    import gs_clustering
    import numpy
    import pyarrow

    offsets = numpy.fromfile(folder + "/offsets.i32", dtype="<i4")
    inputs = numpy.fromfile(folder + "/addresses.u32", dtype="<u4")
    transactions = pyarrow.ListArray.from_arrays(pyarrow.array(offsets), pyarrow.array(inputs))
    start, busy = time.perf_counter(), time.process_time()
    clustering = gs_clustering.Clustering(addresses - 1)
    clustering.process_transactions_arrow(transactions)
    if mapping == "min":
        answer = clustering.get_mapping_min(skip_singletons=False)
    else:
        answer = clustering.get_mapping()
    took, busy = time.perf_counter() - start, time.process_time() - busy
    clusters = answer.column("cluster_id").to_numpy()
    # Address 0 is a placeholder of the peer's, and is no address here either.
    clusters = clusters[-(addresses - 1):].astype("<u4")
    peak = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read()).group(1)
    print(f"clustered: {took:.3f} s, {busy:.3f} s on the processor; peak of memory: {peak} kB")
    print(f"digest: {hashlib.sha256(clusters.tobytes()).hexdigest()}")


def told(command):
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, busy = re.search(r"clustered: ([\d.]+) s, ([\d.]+) s on the processor", answer).groups()
    peak = max(int(number) for number in re.findall(r"peak of memory: (\d+) kB", answer))
    return float(took), float(busy), peak, re.search(r"digest: (\w+)", answer).group(1)


def main():
    ours, folder, addresses = sys.argv[1], sys.argv[2], sys.argv[3]
    here = [sys.executable, __file__, "--peer", folder, addresses]
    read = [ours, "--read", folder, "--addresses", addresses, "--times", "1"]
    commands = {
        "interdict": read,
        "interdict, guards": [*read, "--guards", "collapse"],
        "interdict, evidence": [*read, "--guards", "evidence"],
        "peer, get_mapping": [*here, "full"],
        "peer, get_mapping_min": [*here, "min"],
    }
    runs = {name: [] for name in commands}
    for _ in range(int(sys.argv[4]) if len(sys.argv) > 4 else 3):
        for name, command in commands.items():
            start = time.perf_counter()
            run = told(command)
            runs[name].append((*run, time.perf_counter() - start))
            print(name, *runs[name][-1], flush=True)
    digests = {run[3] for of_name in runs.values() for run in of_name}
    print("the same clusters" if len(digests) == 1 else f"DIFFERENT CLUSTERS: {digests}")
    for name, of_name in runs.items():
        took, busy, peak, whole = (statistics.median(run[place] for run in of_name) for place in (0, 1, 2, 4))
        print(f"{name}: {took:.3f} s, {busy:.3f} s on the processor, {peak / 1024:.0f} MiB at most, {whole:.2f} s for the whole program")
    sys.exit(len(digests) != 1)


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        peer(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        main()
