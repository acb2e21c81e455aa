package io.jobaudit.cli;

import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Until when a run may last, by the clock on the wall of the reports. */
class StopSignalsTest {

	@ParameterizedTest
	@CsvSource({
			// In time zones that the machine does not have
			"2026-11-28T18:15Z, Asia/Shanghai, 06:00, 2026-11-28T22:00Z",
			"2026-11-28T22:00Z, Asia/Shanghai, 06:00, 2026-11-29T22:00Z",
			"2026-11-28T22:00:01Z, Asia/Shanghai, 06:00, 2026-11-29T22:00Z",
			"2026-11-28T21:59:59.999Z, Asia/Shanghai, 06:00, 2026-11-28T22:00Z",
			"2026-11-28T23:30Z, UTC, 06:00, 2026-11-29T06:00Z", "2026-12-31T23:30Z, UTC, 00:00, 2027-01-01T00:00Z",
			// The night has an hour less, an hour more
			"2026-03-29T00:15Z, Europe/Berlin, 06:00, 2026-03-29T04:00Z",
			"2026-10-24T23:15Z, Europe/Berlin, 06:00, 2026-10-25T05:00Z",
			// A time that is skipped, and one that comes twice
			"2026-03-29T00:15Z, Europe/Berlin, 02:30, 2026-03-29T01:30Z",
			"2026-10-24T23:15Z, Europe/Berlin, 02:30, 2026-10-25T00:30Z",
			"2026-10-25T00:45Z, Europe/Berlin, 02:30, 2026-10-25T01:30Z",
			"2026-10-25T01:45Z, Europe/Berlin, 02:30, 2026-10-26T01:30Z" })
	void aTimeOfDayIsTheNextOneInTheZoneOfTheReports(OffsetDateTime now, ZoneId zone, LocalTime time,
			OffsetDateTime end) {
		assertThat(StopSignals.next(time, now.atZoneSameInstant(zone)).toInstant()).isEqualTo(end.toInstant());
	}

}
