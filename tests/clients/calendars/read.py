"""Reads the calendars of a JSON array on standard input with one of Debian's parsers, and writes their entries as JSON.

The argument is the parser: icalendar or vobject. A time is in milliseconds since 1970, a day is a string.
"""
import datetime
import json
import sys


def point(value):
    if isinstance(value, datetime.datetime):
        if value.utcoffset() is None:
            raise ValueError("a time without a zone")
        return round(value.timestamp() * 1000)
    return value.isoformat()


def read_icalendar(text):
    import icalendar

    calendar = icalendar.Calendar.from_ical(text)
    # The file's own definition in place of the one that the parser knows by the name.
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}

    def instant(value):
        zone = zones.get(value.params.get("TZID"))
        return point(zone.localize(value.dt.replace(tzinfo=None)) if zone else value.dt)

    return [
        {
            "uid": str(entry["UID"]),
            "start": instant(entry["DTSTART"]),
            "end": instant(entry["DTEND"]),
            "summary": str(entry["SUMMARY"]),
            "description": str(entry["DESCRIPTION"]) if "DESCRIPTION" in entry else None,
            "status": str(entry["STATUS"]) if "STATUS" in entry else None,
            "alarms": [alarm["TRIGGER"].dt.total_seconds() / 60 for alarm in entry.walk("VALARM")],
        }
        for entry in calendar.walk("VEVENT")
    ]


def read_vobject(text):
    import vobject

    calendar = vobject.readOne(text)
    return [
        {
            "uid": entry.uid.value,
            "start": point(entry.dtstart.value),
            "end": point(entry.dtend.value),
            "summary": entry.summary.value,
            "description": entry.description.value if hasattr(entry, "description") else None,
            "status": entry.status.value if hasattr(entry, "status") else None,
            "alarms": [alarm.trigger.value.total_seconds() / 60 for alarm in getattr(entry, "valarm_list", [])],
        }
        for entry in calendar.vevent_list
    ]


read = {"icalendar": read_icalendar, "vobject": read_vobject}[sys.argv[1]]
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
