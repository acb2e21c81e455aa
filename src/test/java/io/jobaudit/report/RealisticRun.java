package io.jobaudit.report;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run of thousands of jobs in a realistic mix, the same every time. */
public final class RealisticRun {

	private RealisticRun() {
	}

	/** Writes the run and returns its number. */
	public static RunId seed(DataSource database, int jobs) {
		RunSeed run = new RunSeed(database);
		JdbcClient.create(database)
			.sql("""
					with n as (
					  select n, ('x' || substr(md5(n::text), 1, 8))::bit(32)::bigint as r from generate_series(1, :jobs) as n),
					job as (
					  select n, r, md5('job' || n) as job_id, r % 100 < 14 as failed,
					    (array['TextGenerate', 'TextGenerate', 'ASR', 'ASR', 'TextToSpeech', 'VideoTranslation', 'DynamicChart'])
					      [1 + r / 100 % 7] as job_type,
					    timestamptz '2026-10-01 00:00:00+08' + r % 2592000 * interval '1 second' as created
					  from n),
					item as (
					  insert into audit.audit_item (run_id, item_no, job_id, labels, outcome, attempts, decided_at)
					  select :run, n, job_id, jsonb_build_object('team', (array['studio', 'news', 'sports'])[1 + n % 3],
					    'cost_centre', 'CC-' || 1000 + n % 7), 'FETCHED', 1, cast(:started as timestamptz)
					  from job)
					insert into audit.smart_job (account, job_id, state, job_type, error_code, error_message, total_tokens,
					  prompt_tokens, completion_tokens, usage_status, title, user_id, user_data, input_file, create_time,
					  modified_time, request_id, raw, first_run_id, last_run_id, fetched_at)
					select 'default', job_id, case when failed then 'Failed' when r % 100 = 99 then 'Executing' else 'Finished' end,
					  job_type,
					  case when failed then (array['SpeechTranslationNoValidVocal', 'InputFileNotAccessible', 'InputFileNotAccessible',
					    'InternalError', 'QuotaExceeded', 'VideoTooLong', 'InputFileNotAccessible'])[1 + r / 700 % 7] end,
					  case when failed then (array['The speech translation job failed due to lack of valid vocal voice data.',
					    'The input file does not exist, or the service role may not read it.', '语音识别失败：音频中没有有效人声。',
					    '=HYPERLINK("https://example.invalid","click")'])[1 + r / 900 % 4] end,
					  case when job_type = 'TextGenerate' and not failed then 200 + r / 5 % 4800 end,
					  case when job_type = 'TextGenerate' and not failed then (200 + r / 5 % 4800) / 4 end,
					  case when job_type = 'TextGenerate' and not failed then 200 + r / 5 % 4800 - (200 + r / 5 % 4800) / 4 end,
					  case when job_type = 'TextGenerate' and not failed then 'REPORTED' when r % 250 = 42 then 'UNREADABLE'
					    else 'ABSENT' end,
					  'Episode ' || n, '19745264' || lpad((r % 90)::text, 2, '0'), '{"show":"evening-' || r % 12 || '"}',
					  'oss://media-input.oss-cn-shanghai.aliyuncs.com/2026/10/episode-' || n || '.mp4', created,
					  created + r % 600 * interval '1 second', upper(md5('request' || n)), '{}', :run, :run, cast(:started as timestamptz)
					from job""")
			.param("jobs", jobs)
			.param("run", run.runId().value())
			.param("started", RunSeed.STARTED.toString())
			.update();
		return run.continueAt(jobs)
			.unreadable(9)
			.rejected("DUPLICATE")
			.rejected("DUPLICATE")
			.rejected("TOO_LONG")
			.close();
	}

	/**
	 * The same with a usage in every answer, so that each job is a row of the sheet Token
	 * jobs.
	 */
	public static RunId seedTokenJobs(DataSource database, int jobs) {
		RunId run = seed(database, jobs);
		JdbcClient client = JdbcClient.create(database);
		client.sql("""
				update audit.smart_job set usage_status = 'REPORTED', total_tokens = 1000 + length(title),
				  prompt_tokens = 400, completion_tokens = 600 + length(title)
				where usage_status = 'ABSENT'""").update();
		client.sql("analyze audit.smart_job, audit.audit_item").update();
		return run;
	}

}
