"""What processes cost, and how busy the machine was with others meanwhile."""
import os
import re


def cpu_seconds(pid):
    """CPU time of a process and its descendants, those that ended and were waited for included."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            spent = sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:15])) / os.sysconf("SC_CLK_TCK")
        spent += sum(cpu_seconds(int(child)) for thread in os.listdir(f"/proc/{pid}/task") for child in children(pid, thread))
    except OSError:
        return 0.0
    return spent


def children(pid, thread):
    with open(f"/proc/{pid}/task/{thread}/children") as found:
        return found.read().split()


def peak(pid):
    """The most memory that it ever had resident, in MiB."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024


def resident(pid):
    """Resident memory in MiB."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


class Others:
    """The share of the machine that processes of others used since this was made: 0.0 is a quiet machine."""

    def __init__(self):
        self.began = self.read()

    def read(self):
        with open("/proc/stat") as stat:
            user, nice, system, idle, wait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
        ours = cpu_seconds(os.getpid()) * os.sysconf("SC_CLK_TCK")
        busy = user + nice + system + irq + softirq + steal
        return busy - ours, busy + idle + wait

    def share(self):
        (busy, total), (was_busy, was_total) = self.read(), self.began
        return max(0.0, (busy - was_busy) / max(1, total - was_total))
