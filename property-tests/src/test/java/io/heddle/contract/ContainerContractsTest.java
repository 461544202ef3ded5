package io.heddle.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka in a container keeps the contracts too. Skipped as a whole where there is none. */
@ExtendWith(ContainerArm.class)
class ContainerContractsTest {
  @Nested
  class Admins extends RealAdminTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class Consumers extends RealConsumerTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class ConsumerDetails extends RealConsumerDetailsTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class ModernConsumers extends RealModernConsumerTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class Producers extends RealProducerTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class Interceptors extends RealInterceptorTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }

  @Nested
  class Metrics extends RealMetricsTest {
    @Override
    public void run(Body body) throws Exception {
      ContainerArm.run(body);
    }
  }
}
