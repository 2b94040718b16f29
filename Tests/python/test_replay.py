"""`baselines replay` on files: good ones, strange ones, hostile ones."""

import datetime
import json
import math
import random
import resource
import subprocess
import zoneinfo

import pytest

import wardflux

FIELDS = ["series", "timestamp", "value", "expected", "low", "high", "score", "severity", "kind", "mode", "event",
          "confidence"]
SUNDAY = 1772323200  # 2026-03-01T00:00:00Z


def link(days, seed=6, step=300):
    """Rates of a link in bit/s: by day more than by night, at weekends less, never twice the same."""
    generator = random.Random(seed)
    drift, rates = 0.0, []
    for place in range(days * 86400 // step):
        hour, day = place * step / 3600 % 24, place * step // 86400 % 7
        drift = 0.97 * drift + 0.03 * generator.gauss(0, 1)
        busy = (1 + math.sin((hour - 8) / 24 * 2 * math.pi)) * (0.5 if day in (0, 6) else 1)
        rates.append(2e8 * (1 + busy) * math.exp(0.4 * drift + generator.gauss(0, 0.05)))
    return rates


def table(columns, step=300, start=SUNDAY, time=str):
    """The text of a table of the named columns."""
    names = list(columns)
    rows = zip(*columns.values())
    lines = ["timestamp," + ",".join(names)]
    lines += [f"{time(start + place * step)}," + ",".join(f"{value:.1f}" for value in row)
              for place, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


def replay(path, *options, expect=0, stdin="", zone="UTC"):
    """The lines of a replay as objects, and what was said on standard error."""
    ended = wardflux.run("baselines", "replay", path, "--json", "--zone", zone, *options, stdin=stdin, expect=expect)
    return [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


@pytest.fixture(scope="module")
def outage(tmp_path_factory):
    """A file of five weeks whose link is silent for an hour in the last; where that hour begins."""
    rates = link(35)
    first = 32 * 288 + 150
    rates[first:first + 12] = [0.0] * 12
    path = tmp_path_factory.mktemp("replay") / "link.csv"
    path.write_text(table({"uplink": rates}))
    return path, SUNDAY + first * 300


def test_an_outage_is_told_from_its_first_sample_to_its_end(outage):
    path, start = outage
    lines, said = replay(path, "--interval", 300, "--capacity", 10**9)
    assert said == ""
    assert all(list(line) == FIELDS for line in lines)
    near = [line for line in lines if start - 3600 <= line["timestamp"] <= start + 4 * 3600]
    assert [line["timestamp"] for line in near if line["event"] == "start"] == [start]
    assert near[0]["kind"] == "traffic_drop" and near[0]["severity"] == "critical" and near[0]["score"] < -6
    assert near[0]["value"] == 0 and near[0]["low"] <= near[0]["expected"] <= near[0]["high"]
    assert [line["event"] for line in near if line["event"] == "end"] == ["end"]


def test_events_of_each_series_come_in_order(outage):
    path, _ = outage
    for mode in ("adaptive", "classic"):
        lines, _ = replay(path, "--mode", mode)
        state = "end"
        for line in lines:
            assert line["mode"] == mode
            assert (line["event"] == "start") == (state == "end") or line["event"] == "ongoing"
            state = line["event"]
        assert lines[0]["event"] == "start"


def test_every_sample_is_told_where_asked_for_and_anomalies_are_the_same(outage):
    path, _ = outage
    lines, _ = replay(path, "--all")
    assert len(lines) == 35 * 288
    assert [line for line in lines if line["event"]] == replay(path)[0]


def test_the_classic_method_says_what_is_worked_out_by_hand():
    # Monday 14:00 to 14:55: mean 320, standard deviation 80; a week later 850 is 530 / 80 = 6.625 of them above.
    lines = [f"2026-03-02T14:{5 * place:02}:00Z,{(240, 400)[place % 2]}e6" for place in range(12)]
    lines += [f"2026-03-09T14:{5 * place:02}:00Z,{850 if place == 0 else 320}e6" for place in range(8)]
    told, said = replay("-", "--mode", "classic", "--interval", 300, stdin="time,link\n" + "\n".join(lines))
    assert said == ""
    # The threshold is 3.5 while less than 14 days are known; 12 samples give 0.3 + 0.4 * 5 / 23.
    assert told[0] == {
        "series": "link", "timestamp": "2026-03-09T14:00:00Z", "value": 850e6, "expected": pytest.approx(320e6),
        "low": pytest.approx(40e6), "high": pytest.approx(600e6), "score": pytest.approx(6.625),
        "severity": "critical", "kind": "traffic_spike", "mode": "classic", "event": "start",
        "confidence": pytest.approx(0.3 + 0.4 * 5 / 23)}
    assert [line["event"] for line in told] == ["start"] + ["ongoing"] * 5 + ["end"]
    assert told[-1]["timestamp"] == "2026-03-09T14:30:00Z" and told[-1]["score"] == pytest.approx(0)


def test_standard_input_is_the_file(outage):
    path, _ = outage
    assert replay("-", stdin=path.read_text()) == replay(path)


def iso(seconds, separator="T", zone="Z"):
    days, rest = divmod(seconds - SUNDAY, 86400)
    return f"2026-03-{days + 1:02}{separator}{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}{zone}"


@pytest.mark.parametrize("time", [
    lambda seconds: str(seconds * 1000), lambda seconds: iso(seconds), lambda seconds: iso(seconds, " ", ""),
    lambda seconds: iso(seconds, " ", "+00:00"), lambda seconds: f'"{iso(seconds)}"'])
def test_times_in_any_form_give_the_same_scores(time):
    rates = link(20)
    rates[5000:5012] = [0.0] * 12
    seconds, _ = replay("-", "--all", stdin=table({"a": rates}))
    other, _ = replay("-", "--all", stdin=table({"a": rates}, time=time))
    assert [{**line, "timestamp": 0} for line in other] == [{**line, "timestamp": 0} for line in seconds]
    assert str(other[1]["timestamp"]) == time(SUNDAY + 300).strip('"')


def test_series_of_one_file_are_judged_apart():
    columns = {f"port {number}": link(16, seed=number) for number in range(3)}
    columns["port 1"][4000:4012] = [0.0] * 12
    together, _ = replay("-", stdin=table(columns))
    for name, rates in columns.items():
        alone, _ = replay("-", stdin=table({name: rates}))
        assert [line for line in together if line["series"] == name] == alone


def test_unknown_values_are_neither_judged_nor_learnt():
    rates = [f"{rate:.1f}" for rate in link(16)]
    words = ["", "nan", "NaN", "null", "None"]
    for place in range(3900, 3940):
        rates[place] = words[place % len(words)]
    text = "t,v\n" + "".join(f"{SUNDAY + place * 300},{rate}\n" for place, rate in enumerate(rates))
    lines, said = replay("-", "--all", stdin=text)
    assert said == ""
    unknown = [line for line in lines if line["value"] is None]
    assert len(unknown) == 40 and all(line["score"] is None and line["event"] is None for line in unknown)


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"), lambda text: text.replace(",", ";"), lambda text: text.replace(",", "\t"),
    lambda text: "\ufeff" + text, lambda text: "# a comment\n\n" + text, lambda text: text.rstrip("\n"),
    lambda text: "\n".join(",".join(f'"{field}"' for field in line.split(",")) for line in text.splitlines())])
def test_a_file_means_the_same_in_every_form(change):
    rates = link(12)
    rates[3000:3012] = [0.0] * 12
    text = table({"a": rates})
    assert replay("-", stdin=change(text)) == replay("-", stdin=text)


def rows(text, time=str):
    """The rows of a table as lists, its times written anew."""
    split = [line.split(",") for line in text.splitlines()[1:]]
    return [[time(int(line[0])), *line[1:]] for line in split]


def cacti(text):
    head = ['"Title","CORE-1 - Traffic - Gi0/1"', '"Vertical Label","bits per second"',
            '"Start Date","2026-03-01 00:00:00"', '"End Date","2026-03-13 00:00:00"', '"Step","300"',
            '"Total Rows","3456"', '"Graph ID","12"', '"Host ID","3"', '"Nth Percentile","12.5","(95th)"', '""',
            '"Date","a"']
    return "\ufeff" + "\n".join(head + [",".join(f'"{field}"' for field in row)
                                     for row in rows(text, lambda at: iso(at, " ", ""))]) + "\n"


def grafana(text):
    return '\ufeffsep=,\r\n"Time","a"\r\n' + "".join(f"{at}000,{value}\r\n" for at, value in rows(text))


def pandas(text):
    lines = [f"{place},{at},{value}" for place, (at, value) in enumerate(rows(text, iso))]
    return ",ds,a\n" + "\n".join(lines) + "\n"


def german(text):
    def day(at):
        return iso_any(at)[8:10] + "." + iso_any(at)[5:7] + "." + iso_any(at)[:4] + " " + iso_any(at)[11:16]
    return "Datum;a\n" + "".join(f"{at};{value}\n" for at, value in rows(text, day))


def bare(text):
    def digits(at):
        return "".join(mark for mark in iso(at) if mark.isdigit())
    return "t,a\n" + "".join(f"{at},{value}\n" for at, value in rows(text, digits))


@pytest.mark.parametrize("export", [cacti, grafana, pandas, german, bare])
def test_what_tools_export_means_the_same(export):
    rates = link(12)
    rates[3000:3012] = [0.0] * 12
    text = table({"a": rates})
    plain, _ = replay("-", "--all", stdin=text)
    told, said = replay("-", "--all", stdin=export(text))
    assert said == "" and any(line["event"] == "start" for line in told)
    assert [{**line, "timestamp": 0} for line in told] == [{**line, "timestamp": 0} for line in plain]


@pytest.mark.parametrize("start", [1773532800, 1792022400], ids=["spring", "autumn"])
@pytest.mark.parametrize("mode", ["adaptive", "classic"])
def test_weeks_in_which_clocks_change_are_the_same_by_local_times_and_by_seconds(start, mode):
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    generator = random.Random(3)
    local, seconds = ["t,a"], ["t,a"]
    for at in range(start, start + 28 * 86400, 300):
        clock = datetime.datetime.fromtimestamp(at, zone)
        rate = (9e8 if 8 <= clock.hour < 20 else 1e8) * math.exp(generator.gauss(0, 0.04))
        local.append(f"{clock:%Y-%m-%d %H:%M:%S},{rate:.0f}")
        seconds.append(f"{at},{rate:.0f}")
    told = [replay("-", "--all", "--mode", mode, stdin="\n".join(text) + "\n", zone="Europe/Berlin")
            for text in (local, seconds)]
    assert told[0][1] == told[1][1] == ""
    assert [{**line, "timestamp": 0} for line in told[0][0]] == [{**line, "timestamp": 0} for line in told[1][0]]
    # What is usual goes with the clocks: the steps of 08:00 and 20:00 are no anomalies after the change either.
    assert {line["kind"] for line in told[0][0][15 * 288:] if line["severity"] in ("high", "critical")} <= {None}


def test_a_file_without_names_has_series_all_the_same():
    text = table({"a": link(9)})
    lines, _ = replay("-", "--all", stdin=text.split("\n", 1)[1])
    assert {line["series"] for line in lines} == {"value"} and len(lines) == 9 * 288


def test_scientific_notation_is_read_as_it_is():
    plain = [round(rate) for rate in link(9)]
    lines, _ = replay("-", "--all", stdin="t,v\n" + "".join(
        f"{SUNDAY + place * 300},{rate:.12e}\n" for place, rate in enumerate(plain)))
    assert [line["value"] for line in lines] == plain


def test_local_times_go_through_both_clock_changes():
    # Berlin, 2026-10-25: 02:00 to 02:55 is shown twice.
    lines = [f"2026-10-25 {hour:02}:{minute:02}" for hour in (0, 1, 2, 2, 3) for minute in range(0, 60, 5)]
    text = "t,v\n" + "".join(f"{line},{place}\n" for place, line in enumerate(lines))
    told, said = replay("-", "--all", stdin=text, zone="Europe/Berlin")
    assert said == "" and [line["value"] for line in told] == list(range(60))


def test_faults_are_told_with_their_lines():
    lines, said = replay("-", "--all", "--interval", 300, expect=2, stdin=(
        "t,a,b\n0,1,2\n300,-1,2\n600,1e20,2\n900,1\nx,1,2\n900,1,2\n300,1,2\n1200,up,2\n1500,1,2,3\n"))
    assert len(lines) == 12
    for text in ("negative", "more than a line carries", "more or fewer fields", "no time", "repeats", "earlier",
                 "no number"):
        assert text in said, said


@pytest.mark.parametrize("content, reason", [
    (b"", "no samples"), (b"timestamp,value\n", "below the names"), (b"\x00\x01\x02" * 1000, "octets 0"),
    (bytes(range(1, 256)) * 4000, ""), (b"time,value\n" + b"1" * (10 << 20), "no end within 1 MiB"),
    ("timestamp,value\n1,2\n".encode("utf-16"), "the text is UTF-16"),
    (b"1,2\n" * 3, "the time of the row above"), (b"a\nb\nc\n", "one field"), (b"t,v\r0,1\r", "end with CR alone"),
    (b'"Date Time","Traffic In (speed)"\n"3/1/2026 12:05:00 AM - 12:10:00 AM","1,234 kbit/s"\n', "day and month"),
    (b"t,v\n46082.0034722,5\n46082.0069444,6\n46082.0104167,7\n", "0 s apart"),
    (b't,v\n0,"1,234,567"\n300,"1,234,568"\n', "no value is a number, the first is '1,234,567' in line 2"),
    (b"itemid,clock,value\n23296,1772323200,1\n23296,1772323500,2\n", "Put the time first"),
    (b"time,interface,value\n0,a,1\n0,b,2\n0,c,3\n300,a,1\n300,b,2\n300,c,3\n", "series one below the other"),
    (b"1772323200: 1.2e+06 2.3e+05\n1772323500: 1.2e+06 -nan\n", "one field"),
    (b"t,v\n0,\n300,nan\n", "no value is known"),
    (b"t,v\n" + b"x,1\n" * 1000, "no line begins with a time"),
    (b"t,v\n900,1\n600,1\n300,1\n0,1\n", "earlier than those above"), (b"t,v\n0,1\n86400,2\n", "86400 s apart")],
    ids=["empty", "names", "zeros", "octets", "endless", "utf16", "repeats", "one-column", "cr", "prtg",
         "days-of-excel", "thousands", "zabbix", "long", "rrdtool-fetch", "unknown", "no-times", "newest-first",
         "days"])
def test_what_is_no_table_is_refused_with_a_reason(tmp_path, content, reason):
    path = tmp_path / "hostile.csv"
    path.write_bytes(content)
    ended = wardflux.run("baselines", "replay", path, "--json", expect=None, timeout=60)
    if reason:
        assert ended.returncode == 1 and ended.stderr.startswith("error: ") and reason in ended.stderr
    assert ended.returncode in (0, 1, 2) and len(ended.stderr) < 4000


def test_cut_anywhere_a_file_is_read_or_refused(tmp_path):
    text = table({"a": link(1)[:40], "b": link(1, seed=9)[:40]}).encode()
    path = tmp_path / "cut.csv"
    for end in range(0, 300, 7):
        path.write_bytes(text[:end])
        ended = wardflux.run("baselines", "replay", path, "--json", "--all", expect=None)
        assert ended.returncode in (0, 1, 2), (end, ended.stderr)
        assert all(list(json.loads(line)) == FIELDS for line in ended.stdout.splitlines())


def test_a_thousand_columns_are_a_thousand_series():
    names = [f"c{number}" for number in range(1000)]
    rows = [f"{SUNDAY + place * 300}," + ",".join(str(1e6 + place * number % 1000) for number in range(1000))
            for place in range(60)]
    lines, said = replay("-", "--all", stdin="t," + ",".join(names) + "\n" + "\n".join(rows) + "\n")
    assert said == "" and len(lines) == 60_000 and {line["series"] for line in lines} == set(names)


def test_names_cannot_steer_the_terminal_nor_break_the_json():
    name = 'a"b\\c\u001b[31m\u202e<script>'
    rates = link(12)
    rates[3000:3012] = [0.0] * 12
    text = table({name.replace('"', '""'): rates}).replace("timestamp,", 'timestamp,"', 1).replace("\n", '"\n', 1)
    lines, _ = replay("-", stdin=text)
    assert {line["series"] for line in lines} == {name}
    people = wardflux.run("baselines", "replay", "-", "--zone", "UTC", stdin=text).stdout
    assert "\u001b" not in people and "\u202e" not in people


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("t,v\n")
        for place in range(300_000):
            file.write(f"{SUNDAY + place * 60},{1e8 + place * 7919 % 1000 * 1e4}\n")
    limit = 400 << 20
    ended = subprocess.run(
        [wardflux.binary(), "baselines", "replay", path, "--json"], capture_output=True, text=True, timeout=300,
        env=wardflux.environment(), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)))
    assert ended.returncode == 0, ended.stderr


def test_holidays_and_excluded_times_are_taken(outage, tmp_path):
    path, start = outage
    lines, _ = replay(path, "--exclude", f"{iso_any(start - 3600)}/{iso_any(start + 7200)}")
    assert not [line for line in lines if start - 3600 <= line["timestamp"] < start + 7200]
    calendar = tmp_path / "holidays.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260304\r\n"
        "SUMMARY:A day off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    plain, _ = replay(path, "--all")
    other, _ = replay(path, "--all", "--holidays", calendar)
    assert len(other) == len(plain) and other != plain
    calendar.write_text("BEGIN:VCALENDAR\r\nno colon here\r\n")
    _, said = replay(path, "--holidays", calendar, expect=64)
    assert "holidays.ics" in said and "line" in said


def iso_any(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_people_get_a_table(outage):
    path, _ = outage
    ended = wardflux.run("baselines", "replay", path, "--zone", "UTC", "--capacity", "1G")
    assert ended.stdout.startswith("START ") and "Traffic drop detected: 0 bps (expected " in ended.stdout
    assert "10,080 samples of 1 series, one every 300 s; hours of UTC" in ended.stderr
