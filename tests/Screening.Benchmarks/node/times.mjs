// Days and local times, as the peers in JavaScript count with them.

// Dates are numbers of days since 1970 while they are counted with.
export const DAY = 86_400_000;
const dayOf = (year, month, day) => Date.UTC(year, month - 1, day) / DAY;
export const text = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** The first and last day that a full or partial date may mean. */
export function range(said) {
    const year = +said.slice(0, 4);
    if (said.length === 4) return [dayOf(year, 1, 1), dayOf(year, 12, 31)];
    const month = +said.slice(5, 7);
    if (said.length === 7) return [dayOf(year, month, 1), Date.UTC(year, month, 0) / DAY];
    const day = dayOf(year, month, +said.slice(8, 10));
    return [day, day];
}

// Offsets by zone and quarter of an hour: no zone changes at another time.
const zones = new Map();

export function zoneOf(id) {
    let zone = zones.get(id);
    if (!zone) {
        const format = new Intl.DateTimeFormat("en-US", { timeZone: id, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
        zones.set(id, (zone = { format, offsets: new Map() }));
    }
    return zone;
}

/** The offset in minutes at an instant. */
export function offsetAt(zone, instant) {
    const quarter = Math.floor(instant / 900_000);
    let offset = zone.offsets.get(quarter);
    if (offset === undefined) {
        const start = quarter * 900_000;
        const part = {};
        for (const { type, value } of zone.format.formatToParts(start)) part[type] = +value;
        offset = (Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - start) / 60_000;
        if (zone.offsets.size > 100_000) zone.offsets.clear();
        zone.offsets.set(quarter, offset);
    }
    return offset;
}

/** A stated time in the zone: its local milliseconds and offset; undefined when the zone skips it. */
export function inZone(stated, zone) {
    if (stated.length > 19) {
        const instant = Date.parse(stated);
        const offset = offsetAt(zone, instant);
        return { local: instant + offset * 60_000, offset };
    }
    const local = Date.parse(stated + "Z");
    const before = offsetAt(zone, local - DAY);
    const after = offsetAt(zone, local + DAY);
    // The larger offset is the earlier of two equal times.
    for (const offset of before >= after ? [before, after] : [after, before]) {
        if (offsetAt(zone, local - offset * 60_000) === offset) return { local, offset };
    }
    return undefined;
}

const two = (number) => (number < 10 ? "0" + number : "" + number);

export function stamp({ local, offset }) {
    const minutes = Math.abs(offset);
    return new Date(local).toISOString().slice(0, 19) + (offset < 0 ? "-" : "+") + two(Math.floor(minutes / 60)) + ":" + two(minutes % 60);
}
