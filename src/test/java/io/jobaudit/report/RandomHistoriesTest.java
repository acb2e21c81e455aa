package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.RandomHistory.Booking;
import io.jobaudit.report.RandomHistory.Job;
import io.jobaudit.report.RandomHistory.Sight;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What November books in random histories, and what moved since October, is what decimals
 * say. {@code -Djob-audit.histories=1000} tries more of them.
 */
class RandomHistoriesTest {

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

	private static final List<RandomHistory> HISTORIES = IntStream
		.rangeClosed(1, Integer.getInteger("job-audit.histories", 12))
		.mapToObj(RandomHistory::new)
		.toList();

	@TempDir
	private static Path directory = Path.of("");

	private static ReportWriter writer;

	@BeforeAll
	static void store() throws Exception {
		long run = JDBC
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('all', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'a1', '2026-09-01 00:00Z', '1', '{}')
					returning run_id""")
			.query(Long.class)
			.single();
		storePrices();
		Instant september = Instant.parse("2026-10-03T16:00:00Z");
		Instant october = Instant.parse("2026-11-03T16:00:00Z");
		storeSights(run, Instant.EPOCH, september);
		close(YearMonth.of(2026, 9), september);
		storeSights(run, september, october);
		close(OCTOBER, october);
		storeSights(run, october, Instant.MAX);
		JDBC.sql("analyze").update();
		Path accounts = Files.writeString(directory.resolve("accounts-map.csv"),
				"cost_centre,debit_account,credit_account\n*,6420,2100\n");
		writer = new ReportWriter(DATABASE, ReportSettings.of(directory, RandomHistory.ZONE),
				FocusProperties.standard(), BudgetProperties.standard(), new BookingProperties(accounts));
	}

	@Test
	void bookingMovementsJournalAndFocusAreWhatDecimalsSay() throws Exception {
		int corrected = 0;
		int rounded = 0;
		int moved = 0;
		for (RandomHistory history : HISTORIES) {
			WrittenReports reports = writer.write(ReportPeriod.of(RandomHistory.NOVEMBER),
					new Account(history.account()), () -> false);
			ReadWorkbook workbook = ReadWorkbook.of(reports, "token-spend.xlsx");
			List<Booking> bookings = history.bookings();
			Map<String, BigDecimal> booked = sums(bookings, Booking::currency, (booking) -> true);
			rounded += assertBooking(history, workbook, bookings);
			moved += assertMovement(history, workbook);
			// What is booked and taken back may have no line.
			booked.values().removeIf((sum) -> sum.signum() == 0);
			booked.forEach((currency, sum) -> assertThat(number(workbook.figure("Booked in " + currency)))
				.as("%s, %s", history.account(), currency)
				.isEqualByComparingTo(shown(sum, currency)));
			assertSame(history.account() + ", focus.csv", FocusFile.of(reports).billedCosts(), booked);
			assertSame(history.account() + ", journal.csv", debits(reports), shown(booked));
			assertThat(workbook.differences().values()).as(history.account())
				.allSatisfy((difference) -> assertThat(difference).isZero());
			corrected += bookings.stream().anyMatch(Booking::isCorrection) ? 1 : 0;
		}
		assertThat(List.of(corrected, rounded, moved)).as("histories with corrections, rounding, and movements")
			.allSatisfy((count) -> assertThat(count).isGreaterThan(HISTORIES.size() / 10));
	}

	@Test
	void severalAccountsBookTogetherWhatEachBooks() {
		Map<Account, FocusProperties> accounts = new LinkedHashMap<>();
		Map<String, BigDecimal> expected = new TreeMap<>();
		Map<String, BigDecimal> totals = new TreeMap<>();
		Map<String, BigDecimal> charged = new TreeMap<>();
		for (RandomHistory history : HISTORIES) {
			accounts.put(new Account(history.account()), FocusProperties.standard());
			sums(history.bookings(), Booking::currency, (booking) -> true).forEach((currency, sum) -> {
				expected.put(currency + " " + history.account(), shown(sum, currency));
				totals.merge(currency, shown(sum, currency), BigDecimal::add);
				charged.put(history.account() + (currency.equals("CNY") ? "" : "/" + currency), sum);
			});
		}
		WrittenReports reports = writer.write(ReportPeriod.of(RandomHistory.NOVEMBER), accounts, () -> false);
		ReadWorkbook workbook = ReadWorkbook.of(reports, "accounts.xlsx");
		for (String sheet : List.of("By account", "Booking", "By job type")) {
			Map<String, BigDecimal> booked = new TreeMap<>();
			int currency = workbook.headers(sheet).indexOf("Currency");
			int amount = workbook.headers(sheet).indexOf("Booked");
			workbook.rows(sheet).stream().skip(1).forEach((row) -> {
				if (!text(row, currency).isEmpty() && !text(row, 0).equals("Control total")) {
					booked.merge(text(row, currency) + " " + text(row, 0), number(text(row, amount)), BigDecimal::add);
				}
			});
			Map<String, BigDecimal> all = new TreeMap<>(expected);
			totals.forEach((code, sum) -> all.put(code + " Total", sum));
			assertSame(sheet, booked, all);
		}
		totals.forEach((currency, sum) -> assertThat(number(workbook.figure("Booked in " + currency)))
			.isEqualByComparingTo(sum));
		assertThat(workbook.differences().values()).isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference).isZero());
		Map<String, BigDecimal> found = new TreeMap<>();
		FocusFile.of(reports)
			.charges()
			.forEach((charge) -> found.merge(String.valueOf(charge.text("BillingAccountId")),
					charge.number("BilledCost"), BigDecimal::add));
		assertSame("focus.csv", found, charged);
	}

	/** Each row, and the rows with rounding against the totals. */
	private static int assertBooking(RandomHistory history, ReadWorkbook workbook, List<Booking> bookings) {
		Map<String, BigDecimal> spend = sums(bookings, RandomHistoriesTest::line, (booking) -> !booking.isCorrection());
		Map<String, BigDecimal> corrections = sums(bookings, RandomHistoriesTest::line, Booking::isCorrection);
		Map<String, BigDecimal> booked = sums(bookings, RandomHistoriesTest::line, (booking) -> true);
		Map<String, List<BigDecimal>> expected = new TreeMap<>();
		booked.forEach((line, sum) -> {
			String currency = line.substring(0, 3);
			BigDecimal ofJobs = shown(spend.getOrDefault(line, BigDecimal.ZERO), currency);
			BigDecimal corrected = shown(corrections.getOrDefault(line, BigDecimal.ZERO), currency);
			BigDecimal all = shown(sum, currency);
			expected.put(line, List.of(ofJobs, corrected, all.subtract(ofJobs).subtract(corrected), all));
		});
		Map<String, List<BigDecimal>> found = new TreeMap<>();
		Map<String, List<BigDecimal>> shown = new TreeMap<>();
		Map<String, List<BigDecimal>> totals = new TreeMap<>();
		boolean hasRounding = false;
		for (Row row : workbook.rows("Booking").subList(1, workbook.rows("Booking").size())) {
			String name = text(row, 0);
			List<BigDecimal> amounts = amounts(row, 3, 7);
			if (name.equals("Total") || name.equals("Control total")) {
				if (name.equals("Total") && !text(row, 2).isEmpty()) {
					totals.put(text(row, 2), amounts);
				}
				continue;
			}
			if (name.equals("No rows")) {
				continue;
			}
			assertThat(amounts.get(0).add(amounts.get(1)).add(amounts.get(2))).as("%s, %s", history.account(), name)
				.isEqualByComparingTo(amounts.get(3));
			shown.merge(text(row, 2), amounts, RandomHistoriesTest::plus);
			if (name.equals("Rounding")) {
				hasRounding = true;
			}
			else {
				found.put(text(row, 2) + " " + text(row, 1), amounts);
			}
		}
		assertRows(history.account(), found, expected);
		assertRows(history.account() + ", rows add up to", shown, totals);
		Map<String, BigDecimal> sums = new TreeMap<>();
		totals.forEach((currency, amounts) -> sums.put(currency, amounts.get(3)));
		assertSame(history.account() + ", totals", sums, shown(sums(bookings, Booking::currency, (booking) -> true)));
		return hasRounding ? 1 : 0;
	}

	/** Price effect: tokens now at the difference of both average prices. */
	private static int assertMovement(RandomHistory history, ReadWorkbook workbook) {
		Map<String, List<BigDecimal>> expected = new TreeMap<>();
		Map<String, BigDecimal> before = new HashMap<>();
		Map<String, BigDecimal> now = new HashMap<>();
		Map<String, BigDecimal> tokensBefore = new HashMap<>();
		Map<String, BigDecimal> tokensNow = new HashMap<>();
		history.spent(OCTOBER).forEach((booking) -> {
			before.merge(typeLine(booking), booking.amount(), BigDecimal::add);
			tokensBefore.merge(typeLine(booking), booking.tokens(), BigDecimal::add);
		});
		history.spent(RandomHistory.NOVEMBER).forEach((booking) -> {
			now.merge(typeLine(booking), booking.amount(), BigDecimal::add);
			tokensNow.merge(typeLine(booking), booking.tokens(), BigDecimal::add);
		});
		before.keySet().forEach((line) -> now.putIfAbsent(line, BigDecimal.ZERO));
		boolean hasPriceEffect = false;
		for (String line : now.keySet()) {
			String currency = line.substring(0, 3);
			BigDecimal old = before.getOrDefault(line, BigDecimal.ZERO);
			BigDecimal current = now.getOrDefault(line, BigDecimal.ZERO);
			BigDecimal oldTokens = tokensBefore.getOrDefault(line, BigDecimal.ZERO);
			BigDecimal tokens = tokensNow.getOrDefault(line, BigDecimal.ZERO);
			BigDecimal effect = (oldTokens.signum() > 0 && tokens.signum() > 0)
					? current.subtract(tokens.multiply(old).divide(oldTokens, new MathContext(60))) : BigDecimal.ZERO;
			BigDecimal difference = shown(current, currency).subtract(shown(old, currency));
			BigDecimal ofPrice = shown(effect, currency);
			hasPriceEffect |= ofPrice.signum() != 0;
			expected.put(line, List.of(shown(old, currency), shown(current, currency), difference, ofPrice,
					difference.subtract(ofPrice)));
		}
		Map<String, List<BigDecimal>> found = new TreeMap<>();
		Map<String, List<BigDecimal>> shown = new TreeMap<>();
		Map<String, List<BigDecimal>> totals = new TreeMap<>();
		for (Row row : workbook.rows("Month over month").subList(1, workbook.rows("Month over month").size())) {
			List<BigDecimal> amounts = new ArrayList<>(amounts(row, 5, 8));
			amounts.addAll(amounts(row, 9, 11));
			switch (text(row, 0)) {
				case "Control total", "No rows" -> {
				}
				case "Total" -> totals.put(text(row, 2), amounts);
				default -> {
					shown.merge(text(row, 2), amounts, RandomHistoriesTest::plus);
					if (!text(row, 0).equals("Rounding")) {
						found.put(text(row, 2) + " " + text(row, 0) + " " + text(row, 1), amounts);
					}
					assertThat(amounts.get(3).add(amounts.get(4))).as("%s, effects", history.account())
						.isEqualByComparingTo(amounts.get(2));
				}
			}
		}
		totals.remove("");
		assertRows(history.account() + ", movement", found, expected);
		assertRows(history.account() + ", movements add up to", shown, totals);
		return hasPriceEffect ? 1 : 0;
	}

	private static Map<String, BigDecimal> debits(WrittenReports reports) throws Exception {
		Map<String, BigDecimal> debits = new TreeMap<>();
		for (String line : Files.readAllLines(reports.directory().resolve("journal.csv"))) {
			String[] cells = line.split(",", -1);
			if (cells[2].equals("6420")) {
				debits.merge(cells[4], number(cells[5]).subtract(number(cells[6])), BigDecimal::add);
			}
		}
		return debits;
	}

	private static String line(Booking booking) {
		return booking.currency() + " " + booking.centre();
	}

	private static String typeLine(Booking booking) {
		return booking.currency() + " " + booking.type() + " " + booking.centre();
	}

	private static Map<String, BigDecimal> sums(List<Booking> bookings, Function<Booking, String> key,
			Predicate<Booking> which) {
		Map<String, BigDecimal> sums = new TreeMap<>();
		bookings.stream()
			.filter(which)
			.forEach((booking) -> sums.merge(key.apply(booking), booking.amount(), BigDecimal::add));
		return sums;
	}

	private static Map<String, BigDecimal> shown(Map<String, BigDecimal> exact) {
		Map<String, BigDecimal> shown = new TreeMap<>();
		exact.forEach((currency, sum) -> shown.put(currency, shown(sum, currency)));
		return shown;
	}

	private static BigDecimal shown(BigDecimal exact, String currency) {
		return exact.setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_UP);
	}

	/** A row of zeros says the same as none. */
	private static void assertRows(String what, Map<String, List<BigDecimal>> found,
			Map<String, List<BigDecimal>> expected) {
		assertThat(plain(found)).as(what).isEqualTo(plain(expected));
	}

	private static Map<String, List<BigDecimal>> plain(Map<String, List<BigDecimal>> rows) {
		Map<String, List<BigDecimal>> plain = new TreeMap<>();
		rows.forEach((name, amounts) -> {
			if (amounts.stream().anyMatch((amount) -> amount.signum() != 0)) {
				plain.put(name, amounts.stream().map(BigDecimal::stripTrailingZeros).toList());
			}
		});
		return plain;
	}

	private static void assertSame(String what, Map<String, BigDecimal> found, Map<String, BigDecimal> expected) {
		Map<String, List<BigDecimal>> one = new TreeMap<>();
		Map<String, List<BigDecimal>> other = new TreeMap<>();
		found.forEach((name, amount) -> one.put(name, List.of(amount)));
		expected.forEach((name, amount) -> other.put(name, List.of(amount)));
		assertRows(what, one, other);
	}

	private static List<BigDecimal> plus(List<BigDecimal> one, List<BigDecimal> other) {
		return IntStream.range(0, one.size()).mapToObj((index) -> one.get(index).add(other.get(index))).toList();
	}

	private static List<BigDecimal> amounts(Row row, int from, int to) {
		return IntStream.range(from, to).mapToObj((index) -> number(text(row, index))).toList();
	}

	private static BigDecimal number(String text) {
		return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text.replace(",", ""));
	}

	private static String text(Row row, int index) {
		Cell cell = row.getCell(index);
		return (cell != null) ? ReadWorkbook.text(cell) : "";
	}

	private static void storePrices() {
		insert("""
				insert into audit.price (account, job_type, currency, price_per_1000_tokens, valid_from, valid_to, starts_at, ends_at)
				select account, type, currency, of_1000, cast(starts at time zone 'Asia/Shanghai' as date),
				  cast(ends at time zone 'Asia/Shanghai' as date) - 1, starts, ends
				from jsonb_to_recordset(cast(:rows as jsonb)) as p (account text, type text, currency text, of_1000 numeric,
				  starts timestamptz, ends timestamptz)""",
				HISTORIES.stream()
					.flatMap((history) -> history.prices()
						.stream()
						.map((price) -> Map.<String, Object>of("account", history.account(), "type", price.type(),
								"currency", price.currency(), "of_1000", price.of1000(), "starts",
								price.from().toString(), "ends", price.to().toString())))
					.toList());
	}

	/** What runs saw from one instant to another, in order. */
	private static void storeSights(long run, Instant after, Instant until) {
		for (int index = 0; index < 4; index++) {
			List<Map<String, @Nullable Object>> rows = new ArrayList<>();
			for (RandomHistory history : HISTORIES) {
				for (Job job : history.jobs()) {
					if (index < job.sights().size() && job.sights().get(index).at().isAfter(after)
							&& !job.sights().get(index).at().isAfter(until)) {
						rows.add(row(history, job, job.sights().get(index), run));
					}
				}
			}
			insert((index == 0)
					? """
							insert into audit.smart_job (account, job_id, state, job_type, usage_status, total_tokens, create_time, labels,
							  fetched_at, first_run_id, last_run_id, raw)
							select r.account, r.job_id, r.state, r.job_type, r.usage_status, r.total_tokens, r.create_time, r.labels,
							  r.fetched_at, r.last_run_id, r.last_run_id, '{}'
							from jsonb_populate_recordset(null::audit.smart_job, cast(:rows as jsonb)) r"""
					: """
							update audit.smart_job j
							set state = r.state, job_type = r.job_type, usage_status = r.usage_status, total_tokens = r.total_tokens,
							  labels = r.labels, fetched_at = r.fetched_at
							from jsonb_populate_recordset(null::audit.smart_job, cast(:rows as jsonb)) r
							where j.account = r.account and j.job_id = r.job_id""",
					rows);
		}
	}

	private static Map<String, @Nullable Object> row(RandomHistory history, Job job, Sight sight, long run) {
		Map<String, @Nullable Object> row = new HashMap<>(Map.of("account", history.account(), "job_id", job.id(),
				"state", sight.version().isFailed() ? "Failed" : "Finished", "job_type", sight.version().type(),
				"usage_status", (sight.version().tokens() != null) ? "REPORTED" : "ABSENT", "fetched_at",
				sight.at().toString(), "last_run_id", run, "labels",
				(sight.version().centre() != null) ? Map.of("cost_centre", sight.version().centre()) : Map.of()));
		row.put("total_tokens", sight.version().tokens());
		row.put("create_time", (job.created() != null) ? job.created().toString() : null);
		return row;
	}

	/** Closes a month as the product does, for the accounts whose month is closed. */
	private static void close(YearMonth month, Instant at) {
		insert("""
				with closed as (
				  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version, group_by,
				    last_change_id)
				  select account, cast(:month as date), 'Asia/Shanghai', cast(:month as timestamp) at time zone 'Asia/Shanghai',
				    (cast(:month as timestamp) + interval '1 month') at time zone 'Asia/Shanghai', cast(:at as timestamptz), 'finance', '1',
				    'cost_centre', (select coalesce(max(change_id), 0) from audit.v_change)
				  from jsonb_to_recordset(cast(:rows as jsonb)) as r (account text)
				  returning *)
				insert into audit.closed_job (close_id, job_id, state, job_type, total_tokens, usage_status, create_time, booked_at,
				  currency, price_per_1000_tokens, spend_status, spend, user_id, labels)
				select c.close_id, j.job_id, j.state, j.job_type, j.total_tokens, j.usage_status, j.create_time, j.booked_at,
				  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend, j.user_id, j.labels
				from closed c
				join audit.v_job j on j.account = c.account and j.booked_at >= c.starts_at and j.booked_at < c.ends_at"""
			.replace(":month", "'" + month.atDay(1) + "'")
			.replace(":at", "'" + at + "'"),
				HISTORIES.stream()
					.filter((history) -> history.closed().containsKey(month))
					.map((history) -> Map.<String, Object>of("account", history.account()))
					.toList());
	}

	private static void insert(String sql, List<? extends Map<String, ?>> rows) {
		JDBC.sql(sql).param("rows", JsonMapper.shared().writeValueAsString(rows)).update();
	}

}
