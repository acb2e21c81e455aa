package io.jobaudit.cli;

import java.nio.file.Path;

import io.jobaudit.ExitStatus;
import io.jobaudit.cluster.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Works on shared runs. */
@Command(name = "worker",
		description = "Works on the runs of run --spread and night; start any number of workers, on any machine with the same database.")
final class WorkerCommand extends AuditCommand {

	private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

	/** A task may be added between two polls. */
	private static final int IDLE_LOOKS = 2;

	@Option(names = "--until-idle", description = "End when nothing is left to do, instead of waiting for more.")
	private boolean untilIdle;

	@Option(names = "--accounts", paramLabel = "FILE",
			description = "File of accounts, as for night; default: the account of the settings.")
	private @Nullable Path accounts;

	@Mixin
	private Reports reports = new Reports();

	@Override
	public Integer call() throws Exception {
		return run(this.reports.with(settings()), (context, stop) -> {
			try (Worker worker = new SharedWork(context, stop).of(this.accounts)) {
				worker.start();
				LOG.info("Working on shared runs");
				int idle = 0;
				while (stop.reason() == null && idle < IDLE_LOOKS) {
					worker.pause();
					idle = (this.untilIdle && worker.isIdle()) ? idle + 1 : 0;
				}
			}
			return (stop.reason() != null) ? stop.status() : ExitStatus.COMPLETE;
		});
	}

}
