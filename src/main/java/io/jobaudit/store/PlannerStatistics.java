package io.jobaudit.store;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What the server knows about the tables that a run fills. */
public final class PlannerStatistics {

	private static final Logger LOG = LoggerFactory.getLogger(PlannerStatistics.class);

	private final JdbcOperations jdbc;

	private final TransactionTemplate transaction;

	private final AtomicBoolean refused = new AtomicBoolean();

	PlannerStatistics(JdbcOperations jdbc, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Refreshes them in a transaction of its own. They only help: a server that refuses
	 * is not asked again.
	 */
	public void refresh() {
		if (this.refused.get()) {
			return;
		}
		try {
			this.transaction.executeWithoutResult((status) -> this.jdbc.execute("select audit.refresh_statistics()"));
		}
		catch (DataAccessException | TransactionException ex) {
			this.refused.set(true);
			LOG.info("The statistics of the database are not refreshed, and the run continues without: {}",
					NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

}
