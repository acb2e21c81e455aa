package io.jobaudit.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

import io.jobaudit.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The prices in the database. */
record PriceTable(JdbcClient jdbc) {

	/** An order that does not depend on the database's collation. */
	static final Comparator<DatedPrice> ORDER = Comparator.comparing((DatedPrice dated) -> dated.price().jobType())
		.thenComparing((dated) -> dated.price().validFrom());

	/**
	 * First half of the lock's key, "book" in ASCII; the second is a hash of the account.
	 */
	private static final int KEY = 0x626f6f6b;

	/**
	 * Until the transaction ends, no other changes the account's prices or closes a
	 * month.
	 */
	void lock(Account account) {
		this.jdbc.sql("select pg_advisory_xact_lock(?, hashtext(?))")
			.params(KEY, account.name())
			.query((row, number) -> account)
			.single();
	}

	/** Lists the prices of an account in {@link #ORDER}. */
	List<DatedPrice> list(Account account) {
		return this.jdbc.sql("""
				select job_type, currency, price_per_1000_tokens, valid_from, valid_to, note, starts_at, ends_at
				from audit.price where account = :account
				""")
			.param("account", account.name())
			.query((row, number) -> of(row))
			.list()
			.stream()
			.sorted(ORDER)
			.toList();
	}

	/** Replaces the prices of an account. */
	void replace(Account account, List<DatedPrice> prices) {
		this.jdbc.sql("delete from audit.price where account = :account").param("account", account.name()).update();
		prices.forEach((dated) -> insert(account, dated));
	}

	/** Lists the job types of the account's stored jobs. */
	List<String> storedJobTypes(Account account) {
		return this.jdbc
			.sql("select distinct job_type from audit.smart_job where account = :account and job_type is not null")
			.param("account", account.name())
			.query((row, number) -> row.getString(1))
			.list();
	}

	private void insert(Account account, DatedPrice dated) {
		Price price = dated.price();
		this.jdbc.sql("""
				insert into audit.price (account, job_type, currency, price_per_1000_tokens, valid_from, valid_to,
				  note, starts_at, ends_at)
				values (:account, :type, :currency, :price, :from, :to, :note, :starts, :ends)
				""")
			.param("account", account.name())
			.param("type", price.jobType())
			.param("currency", price.currency())
			.param("price", price.per1000Tokens())
			.param("from", price.validFrom())
			.param("to", price.validTo(), Types.DATE)
			.param("note", price.note(), Types.VARCHAR)
			.param("starts", dated.startsAt().atOffset(ZoneOffset.UTC))
			.param("ends", at(dated.endsAt()), Types.TIMESTAMP_WITH_TIMEZONE)
			.update();
	}

	private static DatedPrice of(ResultSet row) throws SQLException {
		OffsetDateTime endsAt = row.getObject("ends_at", OffsetDateTime.class);
		Price price = new Price(row.getString("job_type"), row.getString("currency"),
				row.getBigDecimal("price_per_1000_tokens"), row.getObject("valid_from", LocalDate.class),
				row.getObject("valid_to", LocalDate.class), row.getString("note"));
		return new DatedPrice(price, row.getObject("starts_at", OffsetDateTime.class).toInstant(),
				(endsAt != null) ? endsAt.toInstant() : null);
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * A price and the moments at which it begins and ends.
	 *
	 * @param price the price
	 * @param startsAt midnight at the beginning of its first day
	 * @param endsAt midnight at the end of its last day, exclusive; null for no end
	 */
	record DatedPrice(Price price, Instant startsAt, @Nullable Instant endsAt) {

		/** A price with the days of a time zone. */
		static DatedPrice of(Price price, ZoneId zone) {
			LocalDate last = price.validTo();
			return new DatedPrice(price, price.validFrom().atStartOfDay(zone).toInstant(),
					(last != null) ? last.plusDays(1).atStartOfDay(zone).toInstant() : null);
		}

		boolean isFor(String jobType, Instant moment) {
			return this.price.jobType().equals(jobType) && !moment.isBefore(this.startsAt)
					&& (this.endsAt == null || moment.isBefore(this.endsAt));
		}

	}

}
