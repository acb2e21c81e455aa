package io.jobaudit.billing;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.billing.BillProperties.BillColumn;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor bills for a month, by job type and currency.
 *
 * @param lines lines of the month and product
 * @param otherMonths lines of other months
 * @param otherProducts lines of the month for other products
 */
public record Bill(List<BilledType> types, long lines, long otherMonths, long otherProducts) {

	private static final Pattern MONTH = Pattern.compile("(\\d{4})[-/]?(\\d{2})(?:[-/]?\\d{2})?");

	private static final Pattern AMOUNT = Pattern.compile("-?(\\d{1,3}(,\\d{3})+|\\d{1,20})(\\.\\d{1,20})?");

	public Bill {
		types = List.copyOf(types);
	}

	/**
	 * Reads the lines of a month.
	 * @throws BillException when the file is no bill, or has none of the month's lines
	 */
	public static Bill read(Path file, YearMonth month, BillProperties properties) {
		Lines lines = new Lines(file, month, properties);
		try (InputStream in = Files.newInputStream(file); CsvReader csv = new CsvReader("bill " + file, in)) {
			CsvLine header = csv.next();
			if (header == null) {
				throw new BillException(file, "the file is empty; export the bill's details again");
			}
			lines.begin(header);
			for (CsvLine line = csv.next(); line != null; line = csv.next()) {
				lines.add(line);
			}
			return lines.bill();
		}
		catch (CsvException ex) {
			throw new BillException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new BillException("bill %s: the file cannot be read: %s".formatted(file, FailureReason.ofFile(ex)),
					ex);
		}
	}

	/** The parameter {@code :bill} of the queries: amounts are texts, which are exact. */
	public List<Map<String, @Nullable Object>> asRows() {
		return this.types.stream().map(BilledType::asRow).toList();
	}

	/**
	 * What is billed for a job type in a currency.
	 *
	 * @param usage its usage, null where the export has none
	 * @param unit unit of the usage; null when there is none, or several
	 * @param digits decimal places of the amounts
	 */
	public record BilledType(String jobType, String currency, long lines, BigDecimal amount, @Nullable BigDecimal usage,
			@Nullable String unit, int digits) {

		private BilledType with(BilledType line) {
			BigDecimal sum = (this.usage == null || line.usage == null) ? null : this.usage.add(line.usage);
			boolean sameUnit = this.unit != null && this.unit.equals(line.unit);
			return new BilledType(this.jobType, this.currency, this.lines + line.lines, this.amount.add(line.amount),
					sameUnit ? sum : null, sameUnit ? this.unit : null, Math.max(this.digits, line.digits));
		}

		private Map<String, @Nullable Object> asRow() {
			Map<String, @Nullable Object> row = new LinkedHashMap<>();
			row.put("job_type", this.jobType);
			row.put("currency", this.currency);
			row.put("lines", this.lines);
			row.put("amount", this.amount.toPlainString());
			row.put("usage", (this.usage != null) ? this.usage.toPlainString() : null);
			row.put("unit", this.unit);
			row.put("digits", this.digits);
			return row;
		}

	}

	/** Reads line after line. */
	private static final class Lines {

		private final Path file;

		private final YearMonth month;

		private final BillProperties properties;

		private final Map<BillColumn, Integer> positions = new EnumMap<>(BillColumn.class);

		private final Map<List<String>, BilledType> types = new TreeMap<>(
				(one, other) -> String.join("\n", one).compareTo(String.join("\n", other)));

		private final TreeSet<YearMonth> months = new TreeSet<>();

		private final TreeSet<String> products = new TreeSet<>();

		private long lines;

		private long otherMonths;

		private long otherProducts;

		private Lines(Path file, YearMonth month, BillProperties properties) {
			this.file = file;
			this.month = month;
			this.properties = properties;
		}

		private void begin(CsvLine header) {
			Map<String, Integer> found = new TreeMap<>();
			for (int position = 0; position < header.cells().size(); position++) {
				found.putIfAbsent(plain(header.cells().get(position)), position);
			}
			Map<String, String> configured = this.properties.columnNames();
			for (BillColumn column : BillColumn.values()) {
				String own = configured.get(column.title());
				List<String> names = (own != null) ? List.of(own) : column.names();
				Optional<Integer> position = names.stream()
					.map((name) -> found.get(plain(name)))
					.flatMap(Stream::ofNullable)
					.findFirst();
				position.ifPresent((at) -> this.positions.put(column, at));
				if (position.isEmpty() && (column.isRequired() || own != null)) {
					throw new BillException(this.file, header.number(),
							"no column \"%s\"; name the column of the %s with audit.bill.columns=%s=NAME, of %s"
								.formatted(names.get(0), column.title(), column.title(), header.cells()));
				}
			}
		}

		/** Exports write the same name with and without spaces. */
		private static String plain(String name) {
			return name.replaceAll("[\\s_]", "").toLowerCase(Locale.ROOT);
		}

		private void add(CsvLine line) {
			YearMonth billed = month(line);
			this.months.add(billed);
			if (!billed.equals(this.month)) {
				this.otherMonths++;
				return;
			}
			String product = value(line, BillColumn.PRODUCT);
			if (product != null && !this.properties.hasProduct(product)) {
				this.otherProducts++;
				this.products.add(product);
				return;
			}
			this.lines++;
			BilledType read = type(line);
			this.types.merge(List.of(read.jobType(), read.currency()), read, BilledType::with);
		}

		private BilledType type(CsvLine line) {
			BigDecimal amount = number(line, BillColumn.AMOUNT);
			String usage = value(line, BillColumn.USAGE);
			return new BilledType(this.properties.jobType(required(line, BillColumn.ITEM)), currency(line), 1, amount,
					(usage != null) ? number(line, BillColumn.USAGE) : null, value(line, BillColumn.UNIT),
					Math.max(amount.scale(), 0));
		}

		private YearMonth month(CsvLine line) {
			String text = required(line, BillColumn.MONTH);
			Matcher matcher = MONTH.matcher(text);
			try {
				if (matcher.matches()) {
					return YearMonth.parse(matcher.group(1) + "-" + matcher.group(2));
				}
			}
			catch (DateTimeException ex) {
				// reported below
			}
			throw fault(line, BillColumn.MONTH, text, "a month, e.g. 2026-10");
		}

		private String currency(CsvLine line) {
			String code = required(line, BillColumn.CURRENCY).toUpperCase(Locale.ROOT);
			if (!code.matches("[A-Z]{3}")) {
				throw fault(line, BillColumn.CURRENCY, code, "an ISO 4217 code, e.g. CNY");
			}
			return code;
		}

		private BigDecimal number(CsvLine line, BillColumn column) {
			String text = required(line, column);
			if (!AMOUNT.matcher(text).matches()) {
				throw fault(line, column, text, "a number such as 12.34");
			}
			return new BigDecimal(text.replace(",", ""));
		}

		private String required(CsvLine line, BillColumn column) {
			String value = value(line, column);
			if (value == null) {
				throw fault(line, column, "", "a value");
			}
			return value;
		}

		/** Null where the bill has nothing there. */
		private @Nullable String value(CsvLine line, BillColumn column) {
			Integer position = this.positions.get(column);
			if (position == null) {
				return null;
			}
			if (position >= line.cells().size()) {
				throw new BillException(this.file, line.number(),
						"the row has %d cells, but the header has more; quote the cell that contains a line end"
							.formatted(line.cells().size()));
			}
			String value = line.cells().get(position);
			return value.isEmpty() ? null : value;
		}

		private BillException fault(CsvLine line, BillColumn column, String value, String expected) {
			return new BillException(this.file, line.number(),
					"the %s is \"%s\", but must be %s; correct the line, or name another column with audit.bill.columns=%s=NAME"
						.formatted(column.title(), value, expected, column.title()));
		}

		private Bill bill() {
			if (this.lines == 0 && this.otherProducts > 0) {
				throw new BillException(this.file,
						"no line of %s has the product %s, but there are %s; name yours with audit.bill.products"
							.formatted(this.month, String.join(" or ", this.properties.products()), this.products));
			}
			if (this.lines == 0) {
				throw new BillException(this.file, "no line of %s%s; export the bill of that month"
					.formatted(this.month, this.months.isEmpty() ? "" : ", but of " + this.months));
			}
			return new Bill(new ArrayList<>(this.types.values()), this.lines, this.otherMonths, this.otherProducts);
		}

	}

	/** The file is no bill of the month; the message names line, value and fix. */
	public static class BillException extends AuditException {

		private static final long serialVersionUID = 1L;

		BillException(Path file, String problem) {
			super(ExitStatus.INPUT, "bill %s: %s".formatted(file, problem));
		}

		BillException(Path file, long line, String problem) {
			super(ExitStatus.INPUT, CsvException.message("bill " + file, line, problem));
		}

		BillException(String message, IOException cause) {
			super(ExitStatus.INPUT, message, cause);
		}

	}

}
