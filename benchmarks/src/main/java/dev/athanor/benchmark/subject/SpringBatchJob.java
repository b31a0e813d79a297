package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.subject.SpringBatchPeer.Tuning;
import dev.athanor.benchmark.table.TicketTable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The job in Spring's own words; public and not final, because Spring makes subclasses of it. */
@Configuration
@EnableBatchProcessing
@EnableJdbcJobRepository
public class SpringBatchJob {
    /** For Spring. */
    public SpringBatchJob() {}

    /** A row as it is read. */
    record Times(long id, OffsetDateTime created, OffsetDateTime resolved) {}

    /** What is written of it. */
    record Resolution(long id, int seconds) {
        static Resolution of(Times times) {
            return new Resolution(
                    times.id(),
                    Math.toIntExact(
                            Duration.between(times.created(), times.resolved()).toSeconds()));
        }
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Job fill(JobRepository repository, Step rows, Tuning tuning, DataSource dataSource) {
        Step partitioned = new StepBuilder("partitions", repository)
                .partitioner("rows", ranges(dataSource))
                .step(rows)
                .gridSize(tuning.partitions())
                .taskExecutor(new SimpleAsyncTaskExecutor("partition-"))
                .build();
        return new JobBuilder("fill", repository).start(partitioned).build();
    }

    @Bean
    Step rows(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Tuning tuning,
            JdbcPagingItemReader<Times> reader,
            DataSource dataSource) {
        return new StepBuilder("rows", repository)
                .<Times, Resolution>chunk(tuning.chunk())
                .transactionManager(transactions)
                .reader(reader)
                .processor(Resolution::of)
                .writer(tuning == Tuning.ARRAYS ? arrays(dataSource) : batches(dataSource))
                .build();
    }

    @Bean
    @StepScope
    JdbcPagingItemReader<Times> reader(
            DataSource dataSource,
            Tuning tuning,
            @Value("#{stepExecutionContext['from']}") Long from,
            @Value("#{stepExecutionContext['to']}") Long to)
            throws Exception {
        return new JdbcPagingItemReaderBuilder<Times>()
                .name("reader")
                .dataSource(dataSource)
                .selectClause("SELECT id, created_at, resolved_at")
                .fromClause("FROM tickets")
                .whereClause("WHERE " + TicketTable.UNFILLED + " AND id > :from AND id <= :to")
                .parameterValues(Map.of("from", from, "to", to))
                .sortKeys(Map.of("id", Order.ASCENDING))
                .pageSize(tuning.chunk())
                .fetchSize(tuning.chunk())
                .rowMapper((row, number) -> new Times(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getObject(3, OffsetDateTime.class)))
                .build();
    }

    private static Partitioner ranges(DataSource dataSource) {
        return grid -> {
            Long last = new JdbcTemplate(dataSource).queryForObject("SELECT max(id) FROM tickets", Long.class);
            long rows = last == null ? 0 : last;
            Map<String, ExecutionContext> ranges = new HashMap<>();
            for (int i = 0; i < grid; i++) {
                ExecutionContext range = new ExecutionContext();
                range.putLong("from", rows * i / grid);
                range.putLong("to", rows * (i + 1) / grid);
                ranges.put("range" + i, range);
            }
            return ranges;
        };
    }

    private static ItemWriter<Resolution> batches(DataSource dataSource) {
        return new JdbcBatchItemWriterBuilder<Resolution>()
                .dataSource(dataSource)
                .sql("UPDATE tickets SET resolution_time_seconds = ? WHERE id = ?")
                .itemPreparedStatementSetter((item, statement) -> {
                    statement.setInt(1, item.seconds());
                    statement.setLong(2, item.id());
                })
                .build();
    }

    private static ItemWriter<Resolution> arrays(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        return chunk -> template.update(
                "UPDATE tickets SET resolution_time_seconds = new.seconds"
                        + " FROM unnest(?::bigint[], ?::int[]) AS new (id, seconds) WHERE tickets.id = new.id",
                chunk.getItems().stream().map(Resolution::id).toArray(Long[]::new),
                chunk.getItems().stream().map(Resolution::seconds).toArray(Integer[]::new));
    }
}
