package io.jobaudit.batch;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A run resumes whatever Spring Batch's tables were left with. */
class AbandonedExecutionsTest {

	private static final JobParameters RUN = new JobParametersBuilder().addLong("run", 1L).toJobParameters();

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcTransactionManager transactions = new JdbcTransactionManager(this.database);

	private final JobRepository repository = repository();

	private final TaskExecutorJobOperator operator = new TaskExecutorJobOperator();

	@BeforeEach
	void prepare() throws Exception {
		this.operator.setJobRepository(this.repository);
		this.operator.setJobRegistry(new MapJobRegistry());
		this.operator.afterPropertiesSet();
	}

	@Test
	void aProcessThatEndedBeforeItsFirstExecutionIsRecovered() throws Exception {
		this.repository.createJobInstance("audit", RUN);

		new AbandonedExecutions(this.operator, this.repository).recover("audit", RUN);

		assertThat(this.operator.start(job(), RUN).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void aProcessThatEndedInItsFirstExecutionIsRecovered() throws Exception {
		this.repository.createJobExecution(this.repository.createJobInstance("audit", RUN), RUN,
				new ExecutionContext());

		new AbandonedExecutions(this.operator, this.repository).recover("audit", RUN);

		assertThat(this.operator.start(job(), RUN).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void aRunThatNeverStartedNeedsNothing() throws Exception {
		new AbandonedExecutions(this.operator, this.repository).recover("audit", RUN);

		assertThat(this.operator.start(job(), RUN).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	private Job job() {
		return new JobBuilder("audit", this.repository)
			.start(new StepBuilder("step", this.repository)
				.tasklet((contribution, context) -> RepeatStatus.FINISHED, this.transactions)
				.build())
			.build();
	}

	private JobRepository repository() {
		JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
		factory.setDataSource(this.database);
		factory.setTransactionManager(this.transactions);
		factory.setTablePrefix("batch.BATCH_");
		try {
			factory.afterPropertiesSet();
			return factory.getObject();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
