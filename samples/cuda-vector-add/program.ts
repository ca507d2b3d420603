// Stands in for the image cuda-vector-add on a machine without its GPU: the same sums, the same words, on the CPU.
import { VECTOR_LENGTH, vectorAdd } from './vector-add';

/** As NVIDIA's sample launches it. */
const THREADS_PER_BLOCK = 256;

const [option] = process.argv.slice(2);
if (option !== undefined) {
  console.error(`cuda-vector-add takes no arguments, it was given ${option}.`);
  process.exitCode = 2;
} else {
  const blocks = Math.ceil(VECTOR_LENGTH / THREADS_PER_BLOCK);
  console.log(`[Vector addition of ${VECTOR_LENGTH} elements]`);
  console.log('(stand-in for the CUDA sample: here the additions run on the CPU)');
  console.log('Copy input data from the host memory to the CUDA device');
  console.log(`CUDA kernel launch with ${blocks} blocks of ${THREADS_PER_BLOCK} threads`);
  const wrongAt = vectorAdd();
  console.log('Copy output data from the CUDA device to the host memory');
  if (wrongAt === undefined) {
    console.log('Test PASSED');
    console.log('Done');
  } else {
    console.error(`Result verification failed at element ${wrongAt}!`);
    process.exitCode = 1;
  }
}
