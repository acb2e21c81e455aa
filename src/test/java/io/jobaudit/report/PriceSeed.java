package io.jobaudit.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes prices into their table as the loader of the price file does. */
final class PriceSeed {

	private final JdbcClient jdbc;

	private final ZoneId zone;

	PriceSeed(DataSource database, ZoneId zone) {
		this.jdbc = JdbcClient.create(database);
		this.zone = zone;
	}

	/**
	 * A price of 1,000 tokens from a first to a last day.
	 * @param lastDay null for no end
	 */
	PriceSeed price(String jobType, String currency, String price, String firstDay, @Nullable String lastDay) {
		this.jdbc.sql("""
				insert into audit.price (account, job_type, currency, price_per_1000_tokens, valid_from, valid_to,
				  starts_at, ends_at, note)
				values ('default', :type, :currency, :price, :from, :to, cast(:starts as timestamptz),
				  cast(:ends as timestamptz), 'contract 7')""")
			.param("type", jobType)
			.param("currency", currency)
			.param("price", new BigDecimal(price))
			.param("from", LocalDate.parse(firstDay))
			.param("to", (lastDay != null) ? LocalDate.parse(lastDay) : null)
			.param("starts", midnight(LocalDate.parse(firstDay)))
			.param("ends", (lastDay != null) ? midnight(LocalDate.parse(lastDay).plusDays(1)) : null)
			.update();
		return this;
	}

	private String midnight(LocalDate day) {
		return day.atStartOfDay(this.zone).toInstant().toString();
	}

}
